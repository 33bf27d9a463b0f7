import { html } from 'hono/html'
import type { ApiDescription, Operation } from '#server/describe-api.ts'
import { jsonSample, page, prose, sample, type Html } from './html.ts'
import { fieldsOf, type Field } from './schema-fields.ts'

type Named = { readonly method: string; readonly path: string; readonly operation: Operation }

/** The API for apps, read from the published description itself. */
export function docsPage(document: ApiDescription, merchant: string): Html {
  const operations = namedIn(document.paths).filter(({ path }) => path.startsWith('/v1/'))
  const webhooks = namedIn(document.webhooks ?? {})
  return page({
    title: 'API for apps',
    merchant,
    body: html`
      <p>${prose(document.info.description ?? '')}</p>
      <p>The same for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
      <nav aria-label="Operations">
        <ul class="contents">
          ${[...operations, ...webhooks].map(
            (named) =>
              html`<li>
                <a href="#${anchorOf(named)}">${named.operation.summary ?? named.path}</a> ${signature(named)}
              </li>`,
          )}
        </ul>
      </nav>
      ${operations.map((named) => operationSection(document, named))}
      ${webhooks.length > 0 ? html`<h2 class="part">What apps are told</h2>` : ''}
      ${webhooks.map((named) => operationSection(document, named))}
    `,
  })
}

function namedIn(paths: ApiDescription['paths']): readonly Named[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

function anchorOf({ method, path, operation }: Named): string {
  return operation.operationId ?? `${method}-${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

/** A webhook is named, not addressed. */
function signature({ method, path }: Named): Html {
  return html`<code>${path.startsWith('/') ? `${method} ` : ''}${path}</code>`
}

function operationSection(document: ApiDescription, named: Named): Html {
  const { operation, path } = named
  const { parameters = [], requestBody, responses = {} } = operation
  const body = requestBody?.content['application/json']
  return html`
    <section id="${anchorOf(named)}">
      <h2>${operation.summary ?? path}</h2>
      <p class="facts">${signature(named)} <span>${accessOf(operation, path)}</span></p>
      ${operation.description === undefined ? '' : html`<p>${prose(operation.description)}</p>`}
      ${
        parameters.length === 0
          ? ''
          : html`<h3>Parameters</h3>
              ${fieldList(
                parameters.map(({ name, in: place, required = false, description = '' }) => ({
                  name,
                  type: place === 'path' ? 'in the path' : `in the ${place}`,
                  required,
                  description,
                  fields: [],
                })),
              )}`
      }
      ${
        body?.schema
          ? html`<h3>Body</h3>
              ${fieldList(fieldsOf(document, body.schema))}`
          : ''
      }
      ${
        path.startsWith('/')
          ? html`<h3>Example</h3>
              ${sample(`Example: ${operation.summary ?? path}`, curlOf(document, named))}`
          : ''
      }
      ${!path.startsWith('/') && body?.example !== undefined ? jsonSample('Example', body.example) : ''}
      <h3>Answers</h3>
      ${Object.entries(responses).map(([status, response]) => answer(document, status, response))}
    </section>
  `
}

function accessOf({ security = [] }: Operation, path: string): string {
  if (!path.startsWith('/')) return 'sent by the portal'
  return security.length > 0 ? 'with the key of the app' : 'without a key'
}

type Response = NonNullable<Operation['responses']>[string]

function answer(document: ApiDescription, status: string, { description = '', content = {} }: Response): Html {
  const [[type, media] = []] = Object.entries(content)
  const label = status === 'default' ? 'else' : status
  const fields = type === 'application/json' && media?.schema ? fieldsOf(document, media.schema) : []
  const said = html`<code>${label}</code> ${prose(description)}`
  if (fields.length === 0) {
    const code = (media?.example as { code?: string } | undefined)?.code
    return html`<p class="answer">
      ${said}${code === undefined ? '' : html` <a href="/problems/${code}">${code}</a>`}
    </p>`
  }
  return html`<details>
    <summary>${said}</summary>
    ${fieldList(fields)} ${media?.example === undefined ? '' : jsonSample(`Answer ${label}`, media.example)}
  </details>`
}

function fieldList(fields: readonly Field[]): Html {
  return html`<dl class="fields">
    ${fields.map(
      ({ name, type, required, description, fields: inner }) =>
        html`<div>
          <dt><code>${name}</code> <span>${type}${required ? ', required' : ''}</span></dt>
          <dd>${prose(description)}${inner.length > 0 ? fieldList(inner) : ''}</dd>
        </div>`,
    )}
  </dl>`
}

function curlOf({ servers = [] }: ApiDescription, { method, path, operation }: Named): string {
  const example = operation.requestBody?.content['application/json']?.example
  const address = `${servers[0]?.url ?? ''}${path.replaceAll('{id}', path.includes('/checks/') ? 'chk_…' : 'acct_81')}`
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${address}`,
    ...((operation.security ?? []).length > 0 ? [`  -H 'Authorization: Bearer $FIX402_KEY'`.replaceAll("'", '"')] : []),
    ...(example === undefined
      ? []
      : [
          `  -H 'Content-Type: application/json'`,
          `  -d '${JSON.stringify(example, null, 2).replaceAll("'", String.raw`'\''`)}'`,
        ]),
  ].join(' \\\n')
}
