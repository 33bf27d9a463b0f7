import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Request, Response } from './api.ts'
import { apiVersion } from './objects/event.ts'

type Schema = { [keyword: string]: unknown }
type Checked = { (value: unknown): unknown; errors?: unknown }
type Loaded = { validate: (key: string, schema: Schema) => Checked }
type Validator = {
  load: (file: string) => Loaded
  checkRequest: (
    loaded: Loaded,
    method: string,
    url: string,
    body: string,
  ) => { route: object | null; violations: string[] }
  checkResponse: (
    loaded: Loaded,
    route: object | null,
    method: string,
    status: number,
    json: unknown,
    headers: { [name: string]: string },
  ) => string[]
}

type Violation = { call: string; status: number; violations: string[] }

export type ContractReport = { checked: number; violations: Violation[]; skipped?: true }

type Seen = { request: Request; response: Response; publishable: boolean }

/** Operations that the description leaves out, by one that answers the same object: each object in the answer is held against it. */
const alike: { [operation: string]: string } = {
  'POST /v1/credit_notes': '/v1/credit_notes/cn_1',
  'GET /v1/invoices/search': '/v1/invoices/in_1',
}

const violationsKept = 200
const seenKept = 5000

/**
 * Holds every answer against the pinned API, when a folder with the validator and the API description is at hand.
 * The holding is done when the report is asked for, so that it slows no call.
 */
export class ContractCheck {
  readonly #validator: Validator | undefined
  readonly #loaded: Loaded | undefined
  readonly #report: ContractReport
  #seen: Seen[] = []

  constructor(found: { validator: Validator; loaded: Loaded } | undefined) {
    this.#validator = found?.validator
    this.#loaded = found?.loaded
    this.#report = found === undefined ? { checked: 0, violations: [], skipped: true } : { checked: 0, violations: [] }
  }

  see(call: Seen): void {
    // A page's calls are not part of the server API that is described.
    if (this.#validator === undefined || call.publishable) return
    this.#seen.push(call)
    if (this.#seen.length > seenKept) this.#check(this.#seen.shift())
  }

  report(): ContractReport {
    const seen = this.#seen
    this.#seen = []
    for (const call of seen) this.#check(call)
    return this.#report
  }

  #check(call: Seen | undefined): void {
    const [validator, loaded] = [this.#validator, this.#loaded]
    if (call === undefined || validator === undefined || loaded === undefined) return
    const { request, response } = call
    const like = alike[`${request.method} ${request.path}`]
    if (like !== undefined) return this.#checkAlike(validator, loaded, call, like)
    // A refused request is meant to be wrong; the CLI and older callers speak another version.
    const asksNow = response.status < 400 && request.headers['stripe-version'] === apiVersion
    const url = asksNow && request.query !== '' ? `${request.path}?${request.query}` : request.path
    const asked = validator.checkRequest(loaded, request.method, url, asksNow ? request.body : '')
    const wrong = asksNow ? asked.violations.map((one) => `request ${one}`) : []
    const json: unknown = JSON.parse(response.body)
    const { status, headers } = response
    const answered = validator.checkResponse(loaded, asked.route, request.method, status, json, headers)
    this.#note(`${request.method} ${url}`, status, [...wrong, ...answered])
  }

  #checkAlike(validator: Validator, loaded: Loaded, { request, response }: Seen, like: string): void {
    const { status, headers } = response
    const json: { data?: unknown[] } = JSON.parse(response.body)
    const asked = validator.checkRequest(loaded, 'GET', like, '')
    const found = status < 400 ? (json.data ?? [json]) : []
    const violations = found.flatMap((one) => validator.checkResponse(loaded, asked.route, 'GET', status, one, headers))
    this.#note(`${request.method} ${request.path}`, status, violations)
  }

  #note(call: string, status: number, violations: string[]): void {
    this.#report.checked += 1
    if (violations.length === 0 || this.#report.violations.length >= violationsKept) return
    this.#report.violations.push({ call, status, violations })
  }
}

/** Loads the check from `folder` (`tools/stripe-contract`, `facts/stripe-openapi-subset.json`); without it every call passes unseen. */
export async function loadContractCheck(folder: string | undefined): Promise<ContractCheck> {
  if (folder === undefined || !existsSync(join(folder, 'tools/stripe-contract/validator.mjs'))) {
    return new ContractCheck(undefined)
  }
  const validator: Validator = await import(pathToFileURL(join(folder, 'tools/stripe-contract/validator.mjs')).href)
  const file = join(folder, 'facts/stripe-openapi-subset.json')
  const loaded = validator.load(file)
  return new ContractCheck({ validator, loaded: { ...loaded, validate: await sharedValidation(file) } })
}

// Compiled with one copy of the components, a schema takes milliseconds instead of seconds.
async function sharedValidation(file: string): Promise<Loaded['validate']> {
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const { components }: { components: Schema } = JSON.parse(readFileSync(file, 'utf8'))
  ajv.addSchema({ $id: 'stripe', components })
  const compiled = new Map<string, Checked>()
  return (key, schema) => {
    const known = compiled.get(key)
    if (known !== undefined) return known
    const relative: Schema = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"stripe#/components/'))
    const made = ajv.compile(relative)
    compiled.set(key, made)
    return made
  }
}
