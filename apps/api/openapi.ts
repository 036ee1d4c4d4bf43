import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { schemas } from '@listory/contracts';

/** The OpenAPI 3.1 document, made from the questions that the controllers answer. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Listory')
    .setVersion('1')
    .setDescription('The history of regulatory lists: who was listed, under which names and at which addresses, as of any date, as known at any instant.')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  const document = SwaggerModule.createDocument(app, frame, { operationIdFactory: operationId });
  return { ...document, components: { ...document.components, schemas: { ...document.components?.schemas, ...schemas } as never } };
}

/** `listingsHistory` for the method `history` of the ListingsController. */
function operationId(controller: string, method: string): string {
  const of = controller.replace(/Controller$/, '');
  return `${of.charAt(0).toLowerCase()}${of.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}
