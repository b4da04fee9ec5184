import { seeded } from './random.js'

/** A user as a directory hands it out: 21 attributes, about 670 bytes of JSON. */
export interface User {
  readonly id: string
  readonly employeeId: string | null
  readonly givenName: string
  readonly surname: string
  readonly displayName: string
  readonly userPrincipalName: string
  readonly mail: string | null
  readonly mailNickname: string
  readonly department: string
  readonly jobTitle: string
  readonly companyName: string
  readonly country: string
  readonly city: string
  readonly postalCode: string
  readonly officeLocation: string
  readonly employeeType: string
  readonly telephoneNumber: string | null
  readonly manager: string | null
  /** A date with the offset of where it was entered: `2012-03-16-07:00`. */
  readonly hireDate: string
  readonly accountEnabled: boolean
  readonly proxyAddresses: readonly string[]
}

// About two names in eleven carry a diacritic, as in the staff of a European company with offices elsewhere.
const SHARE_ACCENTED = 0.18

const givenNames =
  'Ada,Amir,Anna,Ben,Carla,Chen,Clara,David,Elena,Emma,Fatima,George,Hana,Ivan,James,Karin,Lena,Liam,Maria,Mary Ann,Nora,Olga,Paul,Priya,Rosa,Sam,Tom,Uma,Wei,Yusuf'
const surnames =
  "Adams,Anderson,Berg,Brown,Chen,Cruz,de la Rosa,Fischer,Garcia,Haddad,Ivanova,Jones,Khan,Kim,Lopez,Meyer,Nakamura,Novak,O'Brien,Patel,Rossi,Schmidt,Silva,Smith,Tanaka,van den Berg,Weber,Williams,Wong,Young"
const accentedGivenNames =
  'André,Björn,Chloé,Désirée,François,Gül,Hélène,Iñaki,Jürgen,Łukasz,Øyvind,René,Sørina,Zoë,Žofia'
const accentedSurnames =
  'Åberg,Çelik,Dvořák,Früh,García,Jiménez,Kowalczyński,Lefèvre,Müller,Núñez,Ødegård,Šimić,Strauß,Szymański,Yılmaz'
const departments =
  'Sales,Marketing,Engineering,Finance,Legal & Compliance,Human Resources,Research & Development,Operations'
const jobTitles =
  'Software Engineer,Account Manager,Controller,Senior Counsel,Product Owner,Head of Operations,Recruiter,Data Analyst'
const countries = 'US,DE,FR,GB,NL,SE,NO,ES,IT,PL,IN,JP,BR,AU'
const cities = 'Seattle,Berlin,Paris,London,Utrecht,Malmö,Oslo,Madrid,Milan,Warsaw,Pune,Osaka,Recife,Perth'
const companies = 'Contoso Ltd,Fabrikam Inc,Northwind Traders'
const employeeTypes = 'Employee,Employee,Employee,Employee,Contractor,Intern,Vendor'
const offsets = '-07:00,-05:00,+01:00,+00:00,+05:30,-08:00'

/** Letters that have no decomposition, for the addresses that an administrator once made by hand. */
const addressLetters: Readonly<Record<string, string>> = { ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', ß: 'ss', ı: 'i' }

const addressPart = (name: string): string =>
  name
    .replace(/[øØłŁßı]/g, (letter) => addressLetters[letter]!)
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

/** Makes users. The objects went through JSON.parse, so that they have the shapes and strings real ones have. */
export const generateUsers = (count: number, seed = 20): readonly User[] => {
  const random = seeded(seed)
  const pickFrom = (list: string): (() => string) => {
    const items = list.split(',')
    return () => items[Math.floor(random() * items.length)]!
  }
  const digits = (length: number): string => String(Math.floor(random() * 10 ** length)).padStart(length, '0')
  const hex = (length: number): string => {
    let text = ''
    while (text.length < length) text += Math.floor(random() * 16).toString(16)
    return text
  }
  const guid = (): string => [8, 4, 4, 4, 12].map(hex).join('-')
  const givenName = pickFrom(givenNames)
  const surname = pickFrom(surnames)
  const accentedGivenName = pickFrom(accentedGivenNames)
  const accentedSurname = pickFrom(accentedSurnames)
  const department = pickFrom(departments)
  const jobTitle = pickFrom(jobTitles)
  const company = pickFrom(companies)
  const employeeType = pickFrom(employeeTypes)
  const offset = pickFrom(offsets)
  const countryList = countries.split(',')
  const cityList = cities.split(',')

  const user = (index: number): User => {
    const accented = random() < SHARE_ACCENTED
    const accentIn = random()
    const given = accented && accentIn < 0.6 ? accentedGivenName() : givenName()
    const family = accented && accentIn >= 0.4 ? accentedSurname() : surname()
    const nickname = `${addressPart(given).slice(0, 1)}${addressPart(family)}${index}`
    const domain = random() < 0.7 ? 'contoso.com' : 'fabrikam.example'
    const address = `${nickname}@${domain}`
    // Half of the users are in the largest office; the rest is spread.
    const place = random() < 0.35 ? 0 : Math.floor(random() * countryList.length)
    const hired = `${1995 + Math.floor(random() * 30)}-${pad(1 + random() * 12)}-${pad(1 + random() * 28)}`
    const aliases = [`SMTP:${address}`, `smtp:${addressPart(given)}.${addressPart(family)}@contoso.com`]
    if (random() < 0.3) aliases.push(`x500:/o=Contoso/ou=Exchange/cn=Recipients/cn=${nickname}`)
    return {
      id: guid(),
      employeeId: random() < 0.1 ? null : digits(6),
      givenName: given,
      surname: family,
      displayName: `${family}, ${given}`,
      userPrincipalName: address,
      mail: random() < 0.2 ? null : address,
      mailNickname: nickname,
      department: department(),
      jobTitle: jobTitle(),
      companyName: company(),
      country: countryList[place]!,
      city: cityList[place]!,
      postalCode: digits(5),
      officeLocation: `${1 + Math.floor(random() * 40)}/${digits(4)}`,
      employeeType: employeeType(),
      telephoneNumber: random() < 0.15 ? null : `+1 (${digits(3)}) ${digits(3)}-${digits(4)}`,
      manager: random() < 0.12 ? null : guid(),
      hireDate: `${hired}${offset()}`,
      accountEnabled: random() < 0.93,
      proxyAddresses: aliases,
    }
  }
  return Array.from({ length: count }, (_, index) => JSON.parse(JSON.stringify(user(index))) as User)
}

const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0')
