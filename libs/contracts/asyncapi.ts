import { schemas } from './all-schemas.js';
import { dataSchemaName, eventVersions } from './events/schemas.js';
import { ref, type JsonSchema } from './json-schema.js';

/** How others hear of one type of event: a message of the AsyncAPI document. */
interface Message {
  name: string;
  title: string;
  contentType: string;
  payload: JsonSchema;
}

/**
 * The AsyncAPI 3 document of the events: every type with the schema of its data, and the channel over which they come.
 * Made of the same schemas as the OpenAPI document.
 */
export function asyncApiDocument() {
  const messages = Object.fromEntries(Object.keys(eventVersions).map((type) => [nameOf(type), messageOf(type)]));
  const channelMessages = Object.fromEntries(Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Listory',
      version: '1',
      description: 'Every addition, removal, name and address change of regulatory lists, as CloudEvents 1.0, in the order in which they were recorded.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: '/v1/events',
        title: 'The log over HTTP',
        description:
          'With `Accept: text/event-stream` a stream without end: each message has the position as `id`, the type as `event`, the CloudEvent as `data`. ' +
          'A client that comes back with `Last-Event-ID` goes on after it and misses nothing.',
        messages: channelMessages,
      },
    },
    operations: { followEvents: { action: 'send', channel: { $ref: '#/channels/events' }, summary: 'Listory tells what it records.' } },
    components: { messages, schemas },
  };
}

function nameOf(type: string): string {
  return `${type}.v${eventVersions[type]}`;
}

function messageOf(type: string): Message {
  const name = `org.listory.${nameOf(type)}`;
  const payload = { allOf: [ref('CloudEvent'), { type: 'object', properties: { type: { const: name }, data: ref(dataSchemaName(type)) } }] };
  return { name, title: type, contentType: 'application/cloudevents+json', payload };
}
