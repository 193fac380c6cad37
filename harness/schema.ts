import { Ajv, type ErrorObject } from 'ajv'
import { didYouMean } from '../names/nearest.ts'

/**
 * Makes a function that lists what is wrong with a content by a JSON schema: where, what, and what may have been meant.
 *
 * @param whole what to call the content itself, as "the manifest"
 */
export function faultFinder(schema: object, whole: string): (content: unknown) => string[] {
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema)
  return content => (validate(content) ? [] : (validate.errors ?? []).map(error => describe(error, whole)))
}

function describe(error: ErrorObject, whole: string): string {
  const where = error.instancePath || whole
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      const known = Object.keys((error.parentSchema as { properties: object }).properties)
      return `${where} has an unknown key "${key}"${didYouMean(key, known)}`
    }
    case 'enum': {
      const values = error.schema as readonly string[]
      const got = String(error.data)
      return `${where} is "${got}"${didYouMean(got, values) || `; expected one of ${values.join(', ')}`}`
    }
    default:
      return `${where} ${error.message}`
  }
}
