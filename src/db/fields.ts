/** A field of a schema that is null until something is known. */
export const nullable = <Type>(type: Type) => ({ type, default: null })
