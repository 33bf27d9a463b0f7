import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Request, Response } from './api.ts'

type Loaded = object
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

export type Violation = { call: string; status: number; violations: string[] }

export type ContractReport = { checked: number; violations: Violation[]; skipped?: true }

const violationsKept = 200

/** Holds every answer against the pinned API, when a folder with the validator and the API description is at hand. */
export class ContractCheck {
  readonly report: ContractReport
  readonly #validator: Validator | undefined
  readonly #loaded: Loaded

  constructor(found: { validator: Validator; loaded: Loaded } | undefined) {
    this.#validator = found?.validator
    this.#loaded = found?.loaded ?? {}
    this.report = found === undefined ? { checked: 0, violations: [], skipped: true } : { checked: 0, violations: [] }
  }

  see({ request, response, publishable }: { request: Request; response: Response; publishable: boolean }): void {
    const validator = this.#validator
    // A page's calls are not part of the server API that is described.
    if (validator === undefined || publishable) return
    const url = request.query === '' ? request.path : `${request.path}?${request.query}`
    const asked = validator.checkRequest(this.#loaded, request.method, url, request.body)
    // A refused request is meant to be wrong; the CLI speaks an older version.
    const isOurs = response.status < 400 && request.headers['stripe-version'] !== undefined
    const wrong = isOurs ? asked.violations.map((one) => `request ${one}`) : []
    const answered = validator.checkResponse(
      this.#loaded,
      asked.route,
      request.method,
      response.status,
      JSON.parse(response.body),
      response.headers,
    )
    this.report.checked += 1
    const violations = [...wrong, ...answered]
    if (violations.length === 0 || this.report.violations.length >= violationsKept) return
    this.report.violations.push({ call: `${request.method} ${url}`, status: response.status, violations })
  }
}

/** Loads the check from `folder` (`tools/stripe-contract`, `facts/stripe-openapi-subset.json`); without it every call passes unseen. */
export async function loadContractCheck(folder: string | undefined): Promise<ContractCheck> {
  if (folder === undefined || !existsSync(join(folder, 'tools/stripe-contract/validator.mjs')))
    return new ContractCheck(undefined)
  const validator: Validator = await import(pathToFileURL(join(folder, 'tools/stripe-contract/validator.mjs')).href)
  return new ContractCheck({ validator, loaded: validator.load(join(folder, 'facts/stripe-openapi-subset.json')) })
}
