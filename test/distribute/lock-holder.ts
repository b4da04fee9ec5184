// Takes a lock for matching and keeps it until the process is killed.
import { sharedExclusion } from '../../src/distribute/index.js'
import { PostgresStore } from '../../src/state/index.js'

const store = await PostgresStore.open(process.argv[2]!)
const exclusion = await sharedExclusion(store, async () => {})
await exclusion.run('key', async () => {
  console.log('held')
  await new Promise((done) => setTimeout(done, 600_000))
})
