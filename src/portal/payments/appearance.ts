import type { Appearance } from '@stripe/stripe-js'
import { useMemo, useSyncExternalStore } from 'react'

/** Stripe's fields in our tokens, in the theme of the moment; changes with it. */
export function useAppearance(): Appearance {
  const tokens = useSyncExternalStore(onThemeChange, readTokens, () => '{}')
  return useMemo(() => appearanceFrom(JSON.parse(tokens) as Tokens), [tokens])
}

const colours = ['ink', 'quiet', 'surface', 'sunken', 'edge', 'accent', 'danger'] as const
type Tokens = { readonly [K in (typeof colours)[number] | 'font' | 'radius']?: string }

function onThemeChange(changed: () => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', changed)
  const chosen = new MutationObserver(changed)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    dark.removeEventListener('change', changed)
    chosen.disconnect()
  }
}

/** As text, because React compares snapshots by identity. */
function readTokens(): string {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const tokens: Record<string, string> = { font: style.fontFamily }
  for (const colour of colours) {
    // Stripe understands hex and rgb(), our tokens are oklch() under light-dark(): mixing makes the browser compute sRGB.
    probe.style.color = `color-mix(in srgb, var(--${colour}) 100%, var(--${colour}))`
    tokens[colour] = toRgb(style.color)
  }
  probe.style.borderRadius = 'var(--brand-radius)'
  tokens['radius'] = style.borderTopLeftRadius
  probe.remove()
  return JSON.stringify(tokens)
}

/** `color(srgb 0.1 0.2 0.3)` as `rgb(26, 51, 77)`; other notations as they are. */
function toRgb(colour: string): string {
  const parts = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(colour)
  if (!parts) return colour
  return `rgb(${parts
    .slice(1)
    .map((part) => Math.round(Math.min(1, Math.max(0, Number(part))) * 255))
    .join(', ')})`
}

function appearanceFrom({ ink, quiet, surface, sunken, edge, accent, danger, font, radius }: Tokens): Appearance {
  return {
    theme: surface !== undefined && isDark(surface) ? 'night' : 'stripe',
    labels: 'above',
    variables: defined({
      colorPrimary: accent,
      colorBackground: surface,
      colorText: ink,
      colorTextSecondary: quiet,
      colorTextPlaceholder: quiet,
      colorDanger: danger,
      fontFamily: font,
      fontSizeBase: '15px',
      spacingUnit: '4px',
      gridRowSpacing: '16px',
      borderRadius: radius,
    }),
    rules: {
      '.Label': defined({ color: ink, fontSize: '15px', fontWeight: '550', marginBottom: '6px' }),
      '.Input': defined({
        border: `1px solid ${edge}`,
        boxShadow: 'none',
        fontSize: '17px',
        lineHeight: '22px',
        padding: '12px',
      }),
      '.Input:focus': defined({
        border: `1px solid ${edge}`,
        boxShadow: `0 0 0 2px ${surface}, 0 0 0 4px ${accent}`,
        outline: 'none',
      }),
      '.Input--invalid': defined({ border: `1px solid ${danger}`, boxShadow: 'none' }),
      '.Tab': defined({ border: `1px solid ${edge}`, boxShadow: 'none' }),
      '.Tab--selected': defined({ border: `1px solid ${accent}`, backgroundColor: sunken, boxShadow: 'none' }),
    },
  }
}

function isDark(rgb: string): boolean {
  const channels = (rgb.match(/\d+/g) ?? []).map(Number)
  return channels.slice(0, 3).reduce((total, channel) => total + channel, 0) < 384
}

function defined(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined && field[1] !== ''),
  )
}
