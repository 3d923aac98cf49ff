/** A type whose fields its owner may still change. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
