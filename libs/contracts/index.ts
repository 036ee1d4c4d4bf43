export { schemas } from './all-schemas.js';
export { asyncApiDocument } from './asyncapi.js';
export { cloudEventText, storedTypeOf, toCloudEvent, type CloudEvent } from './events/cloud-event.js';
export { upcast, upcasters, type Upcaster, type Upcasters } from './events/upcasters.js';
export { dataSchemaName, eventData, eventVersions } from './events/schemas.js';
export { parameters, type Parameter, type ParameterName } from './parameters.js';
export * from './json-schema.js';
