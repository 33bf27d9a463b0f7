import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Env } from './context.ts'
import { apiDescription } from './openapi.ts'

type Schema = Record<string, unknown>
type Content = Record<string, { schema?: Schema; example?: unknown }>
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
export type Operation = {
  operationId?: string
  summary?: string
  description?: string
  tags?: readonly string[]
  security?: readonly Record<string, readonly string[]>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}
type PathItem = Record<string, Operation>

/** The parts of an OpenAPI 3.1 document that we write and read. */
export type ApiDescription = {
  openapi: string
  info: { title: string; version: string; description?: string }
  servers?: readonly { url: string }[]
  paths: Record<string, PathItem>
  webhooks?: Record<string, PathItem>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> }
}

/**
 * What the portal publishes about itself (OpenAPI 3.1). Paths come from the router; schemas from zod itself, because the
 * router's generator does not know `exactOptional` and would call every optional member required.
 */
export function describeApi(app: OpenAPIHono<Env>, origin: string): ApiDescription {
  const document = app.getOpenAPI31Document({ ...apiDescription, servers: [{ url: origin }] })
  // The library's type is wider than what it makes; the tests hold the document to the specification.
  const description = document as unknown as ApiDescription
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route' && definition.type !== 'webhook') continue
    const { path, method, request, responses } = definition.type === 'route' ? definition.route : definition.webhook
    const place = definition.type === 'route' ? description.paths : description.webhooks
    const operation = place?.[path]?.[method]
    if (!operation) throw new Error(`${method} ${path} is missing from the description`)
    for (const parameter of operation.parameters ?? []) mendParameter(parameter, request)
    mendContent(operation.requestBody?.content, request?.body?.content)
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const made = responses[status]
      mendContent(response.content, made && 'content' in made ? made.content : undefined)
    }
  }
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: (id) => `#/components/schemas/${id}` })
  for (const name of Object.keys(description.components.schemas)) {
    const { $id: _id, $schema: _schema, ...schema } = (schemas[name] ?? {}) as Schema
    description.components.schemas[name] = schema
  }
  return description
}

type Shapes = Partial<Record<'params' | 'query' | 'headers', unknown>> | undefined

function mendParameter(parameter: Parameter, request: Shapes): void {
  const place = { path: 'params', query: 'query', header: 'headers' } as const
  const shapes = request?.[place[parameter.in as keyof typeof place]]
  const schema = shapes instanceof z.ZodObject ? (shapes.shape as Record<string, z.ZodType>)[parameter.name] : undefined
  if (!schema) return
  const { description, ...plain } = plainSchema(schema)
  parameter.required = parameter.in === 'path' || schema._zod.optin === undefined
  parameter.schema = plain
  if (typeof description === 'string') parameter.description = description
}

/** Schemas without a name of their own stand where they are used. */
function mendContent(content: Content | undefined, made: object | undefined): void {
  for (const [type, media] of Object.entries(content ?? {})) {
    const { schema } = ((made as Record<string, { schema?: unknown }> | undefined)?.[type] ?? {}) as {
      schema?: unknown
    }
    if (schema instanceof z.ZodType && media.schema && !('$ref' in media.schema)) media.schema = plainSchema(schema)
  }
}

function plainSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input' })
  return plain
}
