import { reasonFacts, reasons, type Reason } from '#diagnosis/reason.ts'
import { html } from 'hono/html'
import { failureCodes, failures, problemOf, type Failure } from '#server/errors.ts'
import { exampleOrigin, exampleRequestId } from '#server/openapi.ts'
import { exampleRefusal } from './examples.ts'
import { failureWords } from './failure-words.ts'
import { jsonSample, page, prose, type Html } from './html.ts'
import { reasonWords, retryWords, whoWords } from './reason-words.ts'

/** What one problem `type` stands for. */
export type Topic =
  | { readonly kind: 'reason'; readonly reason: Reason }
  | { readonly kind: 'failure'; readonly code: Failure }

/** By the last part of the `type` URI; undefined for one that this portal never sends. */
export function findTopic(slug: string): Topic | undefined {
  const reason = reasons.find((candidate) => reasonFacts[candidate].slug === slug)
  if (reason) return { kind: 'reason', reason }
  const code = failureCodes.find((candidate) => candidate === slug)
  return code && { kind: 'failure', code }
}

/** The same in a few members, for programs. */
export function describeTopic(topic: Topic, origin: string) {
  if (topic.kind === 'failure') {
    const [status, title] = failures[topic.code]
    return { type: `${origin}/problems/${topic.code}`, title, status, code: topic.code, ...failureWords[topic.code] }
  }
  const { reason } = topic
  const { slug, title, status, retry, who } = reasonFacts[reason]
  const { meaning, remedy, program } = reasonWords[reason]
  return { type: `${origin}/problems/${slug}`, title, status, reason, retry, who, meaning, remedy, program }
}

export function problemPage(topic: Topic, merchant: string): Html {
  const up = { href: '/problems', label: 'All problems' }
  if (topic.kind === 'failure') {
    const { code } = topic
    const [status, title] = failures[code]
    const { meaning, remedy } = failureWords[code]
    const example = problemOf(code, { origin: exampleOrigin, requestId: exampleRequestId })
    return page({
      title,
      merchant,
      up,
      body: html`
        <p class="facts"><code>${code}</code> <span>HTTP ${status}</span></p>
        <h2>What it means</h2>
        <p>${prose(meaning)}</p>
        <h2>What to do</h2>
        <p>${prose(remedy)}</p>
        <h2>Example</h2>
        ${jsonSample('Example', example)}
      `,
    })
  }
  const { reason } = topic
  const { title, status, retry, who } = reasonFacts[reason]
  const { meaning, remedy, program } = reasonWords[reason]
  return page({
    title,
    merchant,
    up,
    body: html`
      <p class="facts">
        <code>${reason}</code> <span>HTTP ${status}</span> <span>retry <code>${retry}</code></span>
      </p>
      <h2>What it means</h2>
      <p>${prose(meaning)}</p>
      <h2>If you use the app</h2>
      <p>${prose(remedy)}</p>
      <p><strong>Who can fix it:</strong> ${whoWords[who]}.</p>
      <p><a class="action" href="/">Look at your account</a></p>
      <h2>If you write the program</h2>
      <p>${prose(retryWords[retry])}</p>
      <p>${prose(program)}</p>
      <p><a href="/docs">How checks, refusals and polls work</a></p>
      <h2>Example</h2>
      ${jsonSample('Example', exampleRefusal(reason))}
    `,
  })
}

export function problemIndex(merchant: string): Html {
  return page({
    title: 'Problems',
    merchant,
    body: html`
      <p>
        What an app, a terminal or this portal may say instead of an answer, what it means and who can mend it. Each
        problem document (RFC 9457) carries the address of its page as <code>type</code>.
      </p>
      <h2>Refusals</h2>
      <p>The account is the reason: something has to be paid, chosen or waited for.</p>
      <dl class="list">
        ${reasons.map((reason) => entry(reasonFacts[reason].slug, reasonFacts[reason].title, reasonWords[reason].meaning, reason))}
      </dl>
      <h2>Failures</h2>
      <p>The request is the reason, or something that this portal needs does not answer.</p>
      <dl class="list">
        ${failureCodes.map((code) => entry(code, failures[code][1], failureWords[code].meaning, code))}
      </dl>
    `,
  })
}

function entry(slug: string, title: string, meaning: string, code: string): Html {
  return html`<div>
    <dt><a href="/problems/${slug}">${title}</a> <code>${code}</code></dt>
    <dd>${prose(meaning)}</dd>
  </div>`
}
