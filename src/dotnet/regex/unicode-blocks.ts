import { CharacterSet } from './character-set.js'

/**
 * .NET's block names without their `Is`, in the order of their first code unit, each with its length. A
 * number alone is a gap before the next block; a negative one means that the next block begins earlier. All
 * are counted in columns of 16.
 */
const BLOCKS = `
BasicLatin:8 Latin-1Supplement:8 LatinExtended-A:8 LatinExtended-B:13 IPAExtensions:6
SpacingModifierLetters:5 CombiningDiacriticalMarks:7 Greek:9 -9 GreekandCoptic:9 Cyrillic:16
CyrillicSupplement:3 Armenian:6 Hebrew:7 Arabic:16 Syriac:5 3 Thaana:4 20 Devanagari:8 Bengali:8 Gurmukhi:8
Gujarati:8 Oriya:8 Tamil:8 Telugu:8 Kannada:8 Malayalam:8 Sinhala:8 Thai:8 Lao:8 Tibetan:16 Myanmar:10
Georgian:6 HangulJamo:16 Ethiopic:24 2 Cherokee:6 UnifiedCanadianAboriginalSyllabics:40 Ogham:2 Runic:6
Tagalog:2 Hanunoo:2 Buhid:2 Tagbanwa:2 Khmer:8 Mongolian:11 5 Limbu:5 TaiLe:3 6 KhmerSymbols:2 48
PhoneticExtensions:8 8 LatinExtendedAdditional:16 GreekExtended:16 GeneralPunctuation:7
SuperscriptsandSubscripts:3 CurrencySymbols:3 CombiningDiacriticalMarksforSymbols:3 -3
CombiningMarksforSymbols:3 LetterlikeSymbols:5 NumberForms:4 Arrows:7 MathematicalOperators:16
MiscellaneousTechnical:16 ControlPictures:4 OpticalCharacterRecognition:2 EnclosedAlphanumerics:10
BoxDrawing:8 BlockElements:2 GeometricShapes:6 MiscellaneousSymbols:16 Dingbats:12
MiscellaneousMathematicalSymbols-A:3 SupplementalArrows-A:1 BraillePatterns:16 SupplementalArrows-B:8
MiscellaneousMathematicalSymbols-B:8 SupplementalMathematicalOperators:16 MiscellaneousSymbolsandArrows:16
40 CJKRadicalsSupplement:8 KangxiRadicals:14 1 IdeographicDescriptionCharacters:1 CJKSymbolsandPunctuation:4
Hiragana:6 Katakana:6 Bopomofo:3 HangulCompatibilityJamo:6 Kanbun:1 BopomofoExtended:2 3
KatakanaPhoneticExtensions:1 EnclosedCJKLettersandMonths:16 CJKCompatibility:16
CJKUnifiedIdeographsExtensionA:412 YijingHexagramSymbols:4 CJKUnifiedIdeographs:1312 YiSyllables:73
YiRadicals:4 115 HangulSyllables:699 5 HighSurrogates:56 HighPrivateUseSurrogates:8 LowSurrogates:64
PrivateUse:400 -400 PrivateUseArea:400 CJKCompatibilityIdeographs:32 AlphabeticPresentationForms:5
ArabicPresentationForms-A:43 VariationSelectors:1 1 CombiningHalfMarks:1 CJKCompatibilityForms:2
SmallFormVariants:2 ArabicPresentationForms-B:9 HalfwidthandFullwidthForms:15 Specials:1
`

const readBlocks = (): ReadonlyMap<string, CharacterSet> => {
  const sets = new Map<string, CharacterSet>()
  let start = 0
  for (const item of BLOCKS.trim().split(/\s/)) {
    const [name, length] = item.split(':')
    const end = start + 16 * Number(length ?? name)
    if (length !== undefined) sets.set(`Is${name}`, CharacterSet.of([start, end - 1]))
    start = end
  }
  return sets
}

let blocks: ReadonlyMap<string, CharacterSet> | undefined

/** The code units of a block by its .NET name (`IsGreek`), or undefined if .NET knows no such block. */
export const blockSet = (name: string): CharacterSet | undefined => {
  blocks ??= readBlocks()
  return blocks.get(name)
}
