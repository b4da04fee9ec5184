import { describe } from 'vitest'
import { sambaPath, startSamba } from '../connect/samba.js'
import { serversRequired } from '../support/server.js'
import { hrToDirectory } from './hr-to-directory.js'

describe.skipIf(sambaPath === undefined && !serversRequired)('from an HR file to Active Directory', () =>
  hrToDirectory({
    start: startSamba,
    activeDirectory: true,
    containers: async (client, base) => {
      for (const name of ['people', 'sales'])
        await client.add(`OU=${name},${base}`, { objectClass: 'organizationalUnit', ou: name })
    },
  }),
)
