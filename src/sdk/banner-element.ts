import { bannerStyle } from './banner-style.ts'
import { englishWords, noticeOf, type Notice, type NoticeWords } from './notice.ts'
import type { BillingNews } from './warnings-answer.ts'

/** What the element understands; all of it may change at any time. */
export type BannerSetting = {
  /** What to draw; without it the element asks the app's own `/_billing/warnings`, or what its `src` names. */
  news: Partial<BillingNews> | undefined
  /** What the app is called. */
  service: string | undefined
  /** BCP 47; the page's language unless given. */
  locale: string | undefined
  words: Partial<NoticeWords> | undefined
  /** Unix milliseconds, as `Date.now`. */
  now: () => number
}

const HIDDEN = 'fix402_hidden'
const DAY = 86_400_000
/** Milliseconds: whoever comes back to the page may have mended it in another tab. */
const OLD = 60_000

/** Defines `<fix402-banner>`, once, where there are custom elements; does nothing on a server. */
export function defineBanner(): void {
  if (!('customElements' in globalThis) || customElements.get('fix402-banner')) return

  class Banner extends HTMLElement implements BannerSetting {
    static readonly observedAttributes = ['service', 'lang', 'src']
    #news: Partial<BillingNews> | undefined
    #fetched: { readonly news: Partial<BillingNews>; readonly at: number } | undefined
    #words: Partial<NoticeWords> | undefined
    #locale: string | undefined
    #now = Date.now
    #drawn = ''
    readonly #status = document.createElement('div')
    readonly #look = () => void this.#refresh()

    constructor() {
      super()
      const root = this.attachShadow({ mode: 'open' })
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(bannerStyle)
      root.adoptedStyleSheets = [sheet]
      // There before anything is said in it: only then do screen readers hear of it.
      this.#status.setAttribute('role', 'status')
      root.append(this.#status)
    }

    get news() {
      return this.#news
    }
    set news(news) {
      this.#news = news
      this.#draw()
    }
    get service() {
      return this.getAttribute('service') ?? undefined
    }
    set service(service) {
      if (service === undefined) this.removeAttribute('service')
      else this.setAttribute('service', service)
    }
    get locale() {
      return this.#locale
    }
    set locale(locale) {
      this.#locale = locale
      this.#draw()
    }
    get words() {
      return this.#words
    }
    set words(words) {
      this.#words = words
      this.#draw()
    }
    get now() {
      return this.#now
    }
    set now(now) {
      this.#now = now
      this.#draw()
    }

    connectedCallback() {
      document.addEventListener('visibilitychange', this.#look)
      this.#draw()
      // Properties that are set right after the element was made count.
      queueMicrotask(this.#look)
    }
    disconnectedCallback() {
      document.removeEventListener('visibilitychange', this.#look)
    }
    attributeChangedCallback() {
      if (this.isConnected) this.#draw()
    }

    async #refresh() {
      const fresh = this.#fetched && this.#now() - this.#fetched.at < OLD
      if (!this.isConnected || this.#news || fresh || document.visibilityState === 'hidden') return
      const news = await readNews(this.getAttribute('src') ?? '/_billing/warnings')
      if (news) this.#fetched = { news, at: this.#now() }
      this.#draw()
    }

    #draw() {
      const now = this.#now()
      const locale = this.#locale ?? this.closest('[lang]')?.getAttribute('lang') ?? undefined
      const setting = { service: this.service, locale: knownLocale(locale), words: this.#words, now }
      const notice = noticeOf(this.#news ?? this.#fetched?.news ?? {}, setting)
      const shown =
        notice && (notice.tone === 'blocked' || (hiddenUntil()[notice.key] ?? 0) <= now) ? notice : undefined
      const drawn = JSON.stringify([shown, this.#words?.later])
      // Drawn anew it would be read out again, and the focus lost.
      if (drawn === this.#drawn) return
      this.#drawn = drawn
      this.#status.replaceChildren(...(shown ? [this.#withLater(shown)] : []))
    }

    #withLater(notice: Notice): HTMLElement {
      const later = element('button', this.#words?.later ?? englishWords.later)
      later.type = 'button'
      later.addEventListener('click', () => {
        hide(notice.key, this.#now() + DAY, this.#now())
        this.#draw()
      })
      const box = drawNotice(notice, later)
      if (!this.#words) box.lang = 'en'
      return box
    }
  }

  customElements.define('fix402-banner', Banner)
}

function drawNotice({ tone, title, detail, link }: Notice, later: HTMLButtonElement): HTMLElement {
  const box = element('div')
  box.className = `notice ${tone}`
  box.setAttribute('part', 'notice')
  const text = element('p')
  text.className = 'text'
  text.dir = 'auto'
  text.append(element('strong', /[.!?。]$/.test(title) ? title : `${title}.`), detail === undefined ? '' : ` ${detail}`)
  const ways = element('div')
  ways.className = 'ways'
  if (link && /^(https?:|\/)/.test(link.href)) {
    const way = element('a', link.label)
    way.href = link.href
    way.target = '_top'
    ways.append(way)
  }
  if (tone === 'warning') ways.append(later)
  box.append(icon(), text, ways)
  return box
}

function icon(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', 'M10 3 2.2 16.5h15.6L10 3Zm0 5v4m0 2.2v.1')
  for (const [name, value] of Object.entries({ fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6' })) {
    path.setAttribute(name, value)
  }
  path.setAttribute('stroke-linecap', 'round')
  path.setAttribute('stroke-linejoin', 'round')
  svg.append(path)
  return svg
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ''): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** Undefined when the app does not answer: then nothing is drawn, and nothing is said to be wrong. */
async function readNews(src: string): Promise<Partial<BillingNews> | undefined> {
  try {
    const response = await fetch(src, { credentials: 'include', headers: { accept: 'application/json' } })
    return response.ok ? ((await response.json()) as Partial<BillingNews>) : undefined
  } catch {
    return undefined
  }
}

function knownLocale(locale: string | undefined): string | undefined {
  try {
    return locale === undefined ? undefined : Intl.getCanonicalLocales(locale)[0]
  } catch {
    return undefined
  }
}

/** Until when, in unix milliseconds, which notice is hidden in this browser. */
function hiddenUntil(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(localStorage.getItem(HIDDEN) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}

function hide(key: string, until: number, now: number): void {
  const running = Object.entries(hiddenUntil()).filter(([, end]) => end > now)
  try {
    localStorage.setItem(HIDDEN, JSON.stringify({ ...Object.fromEntries(running), [key]: until }))
  } catch {
    // Where nothing may be kept, it is hidden until the next page.
  }
}
