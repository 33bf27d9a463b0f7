import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { devServer } from './dev-server.ts'
import { LongestFirst } from './longest-first.ts'

export default defineConfig({
  plugins: [react(), tailwindcss(), devServer()],
  build: {
    target: 'es2022',
    manifest: true,
    // The portal's CSP allows no data: modules, and small assets are rare here.
    assetsInlineLimit: 0,
    // Two documents: the customers' portal, and the desk on an origin of its own.
    rolldownOptions: { input: ['index.html', 'support.html'] },
    modulePreload: { polyfill: false },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A condition is waited for, however busy the machine is; nothing waits longer than it must.
    expect: { poll: { timeout: 10_000 } },
    // A screen's test begins with the line `// @vitest-environment jsdom`.
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
