import { sidFromBase64 } from '../../dotnet/encoding/sid.js'
import { distinguishedNameComponent } from '../../dotnet/text/distinguished-name.js'
import { raiseDotnet } from './guard.js'

/** DNComponent: the value of the n-th component of a distinguished name, counted from 1. */
export const dnComponent = (name: string, number: number | bigint): string => {
  try {
    return distinguishedNameComponent(name, Number(number))
  } catch (thrown) {
    return raiseDotnet(thrown, 'DNComponent', name, 'a distinguished name')
  }
}

/** StringFromSid: the text of a binary security identifier, given as Base64. */
export const stringFromSid = (source: string): string => {
  try {
    return sidFromBase64(source)
  } catch (thrown) {
    return raiseDotnet(thrown, 'StringFromSid', source, 'a security identifier in Base64')
  }
}
