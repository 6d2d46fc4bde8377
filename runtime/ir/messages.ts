// The form of every message of the language and the runtime: a code, and words in Chinese and English that its data fill. The catalogue has
// two parts, for a service needs no words about texts: `language/diagnostics` and `runtime/problems.ts`. Within its part a code names one message.

/** Of messages. */
export type Language = 'zh' | 'en'

/** What a message needs to be told, and what it may be told, each a text by its name. */
export type Data<Needed extends string, Possible extends string> = Readonly<Record<Needed, string> & Partial<Record<Possible, string>>>

/** What is wrong, then what to do: the tone is a helpful colleague's. */
export type Words<Told> = (x: Told) => readonly [what: string, remedy: string]

export type Texts<Told> = Readonly<Record<Language, Words<Told>>>

/** What the message of each code is told. @typeParam Catalogue codes, each with its texts */
export type Told<Catalogue, Code extends keyof Catalogue> = Catalogue[Code] extends Texts<infer Needs> ? Needs : never
