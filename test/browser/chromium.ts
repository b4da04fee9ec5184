import { existsSync } from 'node:fs'

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine; undefined when there is none. */
export const chromiumPath: string | undefined =
  process.env.ATTRFLOW_CHROMIUM ?? candidates.find((path) => existsSync(path))

/** Whether tests in a browser must run rather than be skipped. */
export const browserRequired: boolean = process.env.ATTRFLOW_REQUIRE_BROWSER === '1'

/** A browser that keeps to itself: no sandbox (for root), no traffic of its own. */
export const chromiumFlags: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
