const no = (): never => {
  throw new Error('no')
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** An object that throws when one attribute is read. */
const throwing = (usual: object, thrown: unknown): object =>
  Object.defineProperty({ ...usual }, 'displayName', {
    enumerable: true,
    get: () => {
      throw thrown
    },
  })

const nested = (levels: number, wrap: (inner: object) => object): object => {
  let value: object = {}
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

/** Keeps its data in private fields, and answers from a getter of the instance. */
class Person {
  readonly #name: string

  constructor(usual: object) {
    this.#name = 'Ada'
    Object.assign(this, usual)
    Object.defineProperty(this, 'displayName', { enumerable: true, get: () => this.#name })
  }

  get initial(): string {
    return this.#name[0]!
  }
}

/**
 * Objects of the source that no export should have, and that programs make, by what is wrong with them. All are
 * objects with attributes; a Map, bytes or a list in place of an object is a mistake of the program.
 */
export const poison: Readonly<Record<string, (usual: Readonly<Record<string, unknown>>) => object>> = {
  'an integer of any size': (usual) => ({ ...usual, displayName: 10n ** 40n, mail: -1n, department: 0n }),
  'a Map and a Set': (usual) => ({ ...usual, displayName: new Map([['a', 1]]), mail: new Set(['x']) }),
  bytes: (usual) => ({
    ...usual,
    displayName: Buffer.from('x'),
    mail: new Float64Array(4),
    department: new DataView(new ArrayBuffer(2)),
  }),
  dates: (usual) => ({
    ...usual,
    displayName: new Date(0),
    mail: new Date(Number.NaN),
    city: new Date(8.64e15),
  }),
  'symbols as keys and values': (usual) => ({
    ...usual,
    [Symbol('key')]: 1,
    [Symbol.toPrimitive]: no,
    displayName: Symbol('value'),
    mail: { [Symbol.toPrimitive]: no, [Symbol.iterator]: no },
  }),
  'texts and numbers as objects': (usual) => ({
    ...usual,
    displayName: new String('x'),
    mail: new Number(1),
  }),
  functions: (usual) => ({ ...usual, displayName: no, mail: Person, department: /x/ }),
  'numbers that are none': (usual) => ({ ...usual, displayName: Number.NaN, mail: Number.POSITIVE_INFINITY }),
  'half characters and a long text': (usual) => ({
    ...usual,
    displayName: '\ud800'.repeat(1000),
    mail: 'x'.repeat(1_000_000),
  }),
  'lists with holes': (usual) => ({
    ...usual,
    displayName: new Array(1000),
    department: [['a', ['b']], { toString: null }],
  }),
  'a list that contains itself': (usual) => {
    const list: unknown[] = []
    list.push(list)
    return { ...usual, displayName: list, department: list }
  },
  'an object that contains itself': (usual) => {
    const circular: Record<string, unknown> = { ...usual }
    circular.displayName = circular
    circular.department = circular
    return circular
  },
  'lists many levels deep': (usual) => ({ ...usual, displayName: nested(20_000, (inner) => [inner]) }),
  'objects many levels deep': (usual) => ({ ...usual, displayName: nested(20_000, (inner) => ({ inner })) }),
  'names that objects inherit': (usual) => ({
    ...usual,
    ['__proto__']: { mail: 'x' },
    constructor: 7,
    hasOwnProperty: 'x',
  }),
  'inherited members only': (usual) => Object.create(usual) as object,
  'no prototype': (usual) =>
    Object.assign(Object.create(null) as object, usual, { displayName: Object.create(null) as object }),
  'a frozen object': (usual) => Object.freeze({ ...usual, displayName: Object.freeze(['x']) }),
  'a class with private fields': (usual) => new Person(usual),
  'methods that throw': (usual) => ({ ...usual, displayName: { toString: no, toJSON: no, valueOf: no } }),
  'members that JSON leaves out': (usual) => ({
    ...usual,
    displayName: { a: undefined, b: no, c: Symbol('c'), d: [undefined], e: new Date(0) },
    department: { toJSON: () => undefined },
  }),
  'an object with a getter that throws': (usual) => ({
    ...usual,
    displayName: throwing({}, new Error('no')),
    department: [throwing({}, new Error('no'))],
  }),
  'a getter that throws': (usual) => throwing(usual, new Error('no')),
  'a getter that throws text': (usual) => throwing(usual, 'no'),
  'a getter that throws null': (usual) => throwing(usual, null),
  'a getter that throws what cannot be read': (usual) => throwing(usual, revoked()),
  'a getter that changes the object': (usual) => {
    let reads = 0
    return Object.defineProperty({ ...usual }, 'displayName', {
      enumerable: true,
      configurable: true,
      get(this: Record<string, unknown>) {
        reads++
        delete this.mail
        this.department = reads
        return reads % 2 === 0 ? ['x', reads] : `x${reads}`
      },
    })
  },
  'a then that throws': (usual) =>
    Object.create(
      Object.defineProperty({}, 'then', { get: no }),
      Object.getOwnPropertyDescriptors(usual),
    ) as object,
  'a proxy whose members throw': (usual) => new Proxy({ ...usual }, { get: no }),
  'a proxy whose descriptors throw': (usual) =>
    new Proxy({ ...usual }, { getOwnPropertyDescriptor: no, has: no }),
  'a proxy whose keys throw': (usual) => new Proxy({ ...usual }, { ownKeys: no }),
  'a proxy whose prototype throws': (usual) => new Proxy({ ...usual }, { getPrototypeOf: no }),
  'a revoked proxy': revoked,
  'values that are revoked': (usual) => ({
    ...usual,
    displayName: revoked(),
    mail: [revoked()],
    department: { a: revoked() },
  }),
  'values that are proxies': (usual) => ({
    ...usual,
    displayName: new Proxy({}, { get: no }),
    mail: new Proxy({}, { getPrototypeOf: no }),
    department: new Proxy([], {
      get: (list, key) => (key === 'length' ? 3 : (Reflect.get(list, key) as unknown)),
    }),
  }),
}
