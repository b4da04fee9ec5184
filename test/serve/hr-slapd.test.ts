import { describe } from 'vitest'
import { slapdPath, startSlapd } from '../connect/slapd.js'
import { serversRequired } from '../support/server.js'
import { hrToDirectory } from './hr-to-directory.js'

describe.skipIf(slapdPath === undefined && !serversRequired)('from an HR file to slapd', () =>
  hrToDirectory({
    start: startSlapd,
    activeDirectory: false,
    containers: (client, base) =>
      client.add(`ou=sales,${base}`, { objectClass: 'organizationalUnit', ou: 'sales' }),
  }),
)
