'use client'
import { createElement, type ReactElement } from 'react'
import { defineBanner, type BannerSetting } from './banner-element.ts'

export type BillingBannerProps = Partial<Pick<BannerSetting, 'news' | 'service' | 'locale' | 'words' | 'now'>> & {
  /** Where the app tells the news, when it is not `/_billing/warnings`. */
  readonly src?: string
  /** Instead of the page's own color-scheme. */
  readonly theme?: 'light' | 'dark'
  readonly className?: string
}

/** A warning or a refusal above the app's content; nothing where all is well. `news` fits a decision of `check`. */
export function BillingBanner({
  news,
  service,
  locale,
  words,
  now,
  src,
  theme,
  className,
}: BillingBannerProps): ReactElement {
  const ref = (banner: (HTMLElement & BannerSetting) | null) => {
    defineBanner()
    if (banner) Object.assign(banner, { news, service, locale, words, ...(now && { now }) })
  }
  return createElement('fix402-banner', { ref, src, theme, class: className })
}
