// @better-auth/scim over its adapter in memory. Prints its base URL.
import { createServer } from 'node:http'
import { scim } from '@better-auth/scim'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'

const plugin = scim({
  connections: [
    { id: 'entra', provisioningDomainId: 'd', credentials: [{ type: 'bearer', id: 'c', token: 'secret' }] },
  ],
  compatibility: { microsoftEntra: { acceptLegacyGroupSchema: true } },
})
const tables = Object.fromEntries(
  ['user', 'session', 'account', 'verification', ...Object.keys(plugin.schema)].map((name) => [name, []]),
)
const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`
  const auth = betterAuth({
    baseURL: base,
    secret: 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6',
    database: memoryAdapter(tables),
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [plugin],
  })
  server.on('request', toNodeHandler(auth))
  console.log(`${base}/api/auth/scim/v2`)
})
