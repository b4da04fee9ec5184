// scimmy behind its routers, over a store in memory: uniqueness, 404 and what follows a delete are this file's, the
// rest is scimmy's. Prints its base URL.
import { randomUUID } from 'node:crypto'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'

const kinds = { User: new Map(), Group: new Map() }
const notFound = (id) => new SCIMMY.Types.Error(404, null, `no resource ${id}`)
for (const kind of ['User', 'Group']) {
  const all = kinds[kind]
  const key = kind === 'User' ? 'userName' : 'displayName'
  SCIMMY.Resources.declare(SCIMMY.Resources[kind])
    .egress((resource) => {
      if (resource.id) {
        const found = all.get(resource.id)
        if (!found) throw notFound(resource.id)
        return found
      }
      const list = [...all.values()]
      return resource.filter ? resource.filter.match(list) : list
    })
    .ingress((resource, data) => {
      const id = resource.id ?? randomUUID()
      if (resource.id && !all.has(id)) throw notFound(id)
      for (const [other, one] of all)
        if (other !== id && String(one[key]).toLowerCase() === String(data[key]).toLowerCase())
          throw new SCIMMY.Types.Error(409, 'uniqueness', `${key} is taken`)
      const saved = { ...JSON.parse(JSON.stringify(data)), id }
      all.set(id, saved)
      return saved
    })
    .degress((resource) => {
      if (!all.delete(resource.id)) throw notFound(resource.id)
    })
}
SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser)
const app = express()
app.use(
  '/scim/v2',
  new SCIMMYRouters({
    type: 'bearer',
    handler: (request) => {
      if (request.header('Authorization') !== 'Bearer secret') throw new Error('no')
      return 'probe'
    },
  }),
)
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}/scim/v2`),
)
