/**
 * The cultures the .NET Framework names, by language. Which names a runtime knows depends on its platform's
 * data (ICU takes any well-formed tag); a fixed list keeps an unknown culture an error everywhere and on
 * every machine. Each line: language, then the sub-tags that may follow it. It is text, parsed on first use,
 * because an object of this size costs start-up time.
 */
const known = `
af ZA
am ET
ar AE BH DZ EG IQ JO KW LB LY MA OM QA SA SY TN YE
arn CL
as IN
az AZ Cyrl Cyrl-AZ Latn Latn-AZ
ba RU
be BY
bg BG
bn BD IN
bo CN
br FR
bs BA Cyrl Cyrl-BA Latn Latn-BA
ca ES
co FR
cs CZ
cy GB
da DK
de AT CH DE LI LU
dsb DE
dv MV
el CY GR
en 029 AU BZ CA GB HK IE IN JM MT MY NZ PH SG TT US ZA ZW
es 419 AR BO CL CO CR DO EC ES GT HN MX NI PA PE PR PY SV US UY VE
et EE
eu ES
fa IR
fi FI
fil PH
fo FO
fr BE CA CH FR LU MC
fy NL
ga IE
gd GB
gl ES
gsw CH FR
gu IN
ha Latn Latn-NG
he IL
hi IN
hr BA HR
hsb DE
hu HU
hy AM
id ID
ig NG
ii CN
is IS
it CH IT
iu Cans Cans-CA Latn Latn-CA
ja JP
ka GE
kk KZ
kl GL
km KH
kn IN
ko KR
kok IN
ky KG
lb LU
lo LA
lt LT
lv LV
mi NZ
mk MK
ml IN
mn Cyrl MN Mong Mong-CN
moh CA
mr IN
ms BN MY
mt MT
my MM
nb NO
ne NP
nl BE NL
nn NO
no NO
nso ZA
oc FR
or IN
pa IN
pl PL
prs AF
ps AF
pt BR PT
qut GT
quz BO EC PE
rm CH
ro MD RO
ru MD RU
rw RW
sa IN
sah RU
se FI NO SE
si LK
sk SK
sl SI
sma NO SE
smj NO SE
smn FI
sms FI
sq AL
sr BA CS ME RS Cyrl Cyrl-BA Cyrl-CS Cyrl-ME Cyrl-RS Latn Latn-BA Latn-CS Latn-ME Latn-RS
sv FI SE
sw KE
syr SY
ta IN
te IN
tg Cyrl Cyrl-TJ
th TH
tk TM
tn ZA
tr TR
tt RU
tzm Latn Latn-DZ
ug CN
uk UA
ur PK
uz UZ Cyrl Cyrl-UZ Latn Latn-UZ
vi VN
wo SN
xh ZA
yo NG
zh CHS CHT CN HK MO SG TW Hans Hans-CN Hans-SG Hant Hant-HK Hant-MO Hant-TW
zu ZA
`

/** The sub-tags by language. */
type Cultures = ReadonlyMap<string, readonly string[]>

let read: Cultures | undefined

const cultures = (): Cultures => {
  read ??= new Map(
    known
      .trim()
      .split('\n')
      .map((line) => {
        const [language = '', ...parts] = line.split(' ')
        return [language, parts]
      }),
  )
  return read
}

/**
 * The language of a culture name such as `de`, `de-AT` or `az-Latn-AZ`, in lower case; `undefined` if the culture
 * is unknown. Case does not matter, as in .NET.
 */
export const languageOfCulture = (culture: string): string | undefined => {
  const [language = '', ...rest] = culture.toLowerCase().split('-')
  const parts = cultures().get(language)
  if (parts === undefined) return undefined
  if (rest.length === 0) return language
  const tags = rest.join('-')
  return parts.some((part) => part.toLowerCase() === tags) ? language : undefined
}

/** The names of all known cultures: each language, followed by its regions and scripts. */
export const cultureNames = (): readonly string[] =>
  [...cultures()].flatMap(([language, parts]) => [language, ...parts.map((part) => `${language}-${part}`)])
