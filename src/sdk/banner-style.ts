/** Adopted, not inlined: no Content-Security-Policy has to allow anything for it. Colours follow the page's color-scheme. */
export const bannerStyle = `
:host { display: block; font: 15px/1.5 var(--fix402-font, system-ui, sans-serif) }
:host([hidden]) { display: none }
:host([theme='light']) { color-scheme: light }
:host([theme='dark']) { color-scheme: dark }
.notice {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 20px;
  padding: 6px 16px; box-sizing: border-box;
  background: var(--fix402-ground, light-dark(oklch(0.962 0.024 82), oklch(0.26 0.03 75)));
  color: var(--fix402-ink, light-dark(oklch(0.21 0.01 178), oklch(0.945 0.006 85)));
  border-block-end: 1px solid light-dark(oklch(0.49 0.1 66 / 0.25), oklch(0.82 0.11 80 / 0.25));
}
.blocked {
  background: var(--fix402-ground, light-dark(oklch(0.962 0.016 27), oklch(0.26 0.04 25)));
  border-block-end-color: light-dark(oklch(0.5 0.17 27 / 0.25), oklch(0.77 0.12 25 / 0.25));
}
svg { flex: none; inline-size: 1.2em; block-size: 1.2em; align-self: flex-start; margin-block-start: calc(0.15em + 4px); margin-inline-end: -8px;
  color: light-dark(oklch(0.49 0.1 66), oklch(0.82 0.11 80)) }
.blocked svg { color: light-dark(oklch(0.5 0.17 27), oklch(0.77 0.12 25)) }
.text { flex: 1 1 18rem; margin: 0; padding-block: 4px; text-wrap: pretty; overflow-wrap: anywhere }
strong { font-weight: 600 }
.ways { display: flex; flex-wrap: wrap; gap: 0 20px }
a, button { font: inherit; padding: 4px 0; min-block-size: 24px; background: none; border: 0; cursor: pointer; text-align: start }
a { font-weight: 600; color: inherit; text-underline-offset: 3px }
button { color: light-dark(oklch(0.43 0.01 178), oklch(0.79 0.008 85)) }
a:hover, button:hover { text-decoration-thickness: 2px }
button:hover { text-decoration: underline }
a:focus-visible, button:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; border-radius: 4px }
@media (forced-colors: active) { .notice { border: 1px solid } }
@media print { :host { display: none } }
`
