import type { ApiDescription } from '#server/describe-api.ts'

type Schema = Record<string, unknown>

/** One member of a body, for reading; what it holds itself comes below it. */
export type Field = {
  readonly name: string
  /** "string", "list of objects", "“browser” or “program”". */
  readonly type: string
  readonly required: boolean
  readonly description: string
  readonly fields: readonly Field[]
}

const DEPTH = 4

/** The members of a schema; of several shapes all of them, required where every shape requires them. */
export function fieldsOf(document: ApiDescription, schema: Schema, depth = DEPTH): readonly Field[] {
  const shapes = shapesOf(document, schema)
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(propertiesOf(shape))))]
  return names.map((name) => {
    const variants = shapes.map((shape) => propertiesOf(shape)[name]).filter(isSchema)
    const whole: Schema = variants.length > 1 ? { anyOf: variants } : (variants[0] ?? {})
    const required = shapes.every((shape) => Array.isArray(shape['required']) && shape['required'].includes(name))
    return {
      name,
      type: typeOf(document, whole),
      required,
      description: variants.map(({ description: text }) => (typeof text === 'string' ? text : '')).find(Boolean) ?? '',
      fields: depth > 1 ? fieldsOf(document, itemOf(document, whole), depth - 1) : [],
    }
  })
}

/** A schema for reading: what is merely named is looked up, and lists are looked into. */
function itemOf(document: ApiDescription, schema: Schema): Schema {
  const found = resolve(document, schema)
  return isSchema(found['items']) ? itemOf(document, found['items']) : found
}

function shapesOf(document: ApiDescription, schema: Schema): readonly Schema[] {
  const found = resolve(document, schema)
  const several = found['oneOf'] ?? found['anyOf']
  if (Array.isArray(several))
    return several.filter(isSchema).flatMap((one) => shapesOf(document, itemOf(document, one)))
  return found['properties'] === undefined ? [] : [found]
}

function resolve(document: ApiDescription, schema: Schema): Schema {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  const named = document.components.schemas[reference.split('/').at(-1) ?? '']
  return named ? resolve(document, named) : schema
}

function typeOf(document: ApiDescription, schema: Schema): string {
  const found = resolve(document, schema)
  const several = found['oneOf'] ?? found['anyOf']
  if (Array.isArray(several))
    return [...new Set(several.filter(isSchema).map((one) => typeOf(document, one)))].join(' or ')
  if (Array.isArray(found['enum'])) return found['enum'].map(quoted).join(' or ')
  if ('const' in found) return quoted(found['const'])
  const { type, format } = found
  if (type === 'array') return `list of ${isSchema(found['items']) ? typeOf(document, found['items']) : 'anything'}`
  if (format === 'date-time') return 'instant (RFC 3339)'
  return typeof type === 'string' ? type : 'anything'
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : String(value)
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return (isSchema(schema['properties']) ? schema['properties'] : {}) as Record<string, Schema>
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
