// What the types of a compiled policy take from zod, and no more: whoever installs the runtime has no zod, and needs none.

export declare namespace z {
  type infer<Schema extends ZodType> = Schema['_output']
  interface ZodType<Output = unknown, _Input = unknown, _Internals = unknown> {
    readonly _output: Output
  }
  interface ZodString extends ZodType<string> {}
  interface ZodInt extends ZodType<number> {}
  interface ZodBoolean extends ZodType<boolean> {}
  interface ZodLiteral<Value> extends ZodType<Value> {}
  interface ZodEnum<Words extends Readonly<Record<string, string>>> extends ZodType<Words[keyof Words]> {}
  interface ZodArray<Of extends ZodType> extends ZodType<Of['_output'][]> {}
  interface ZodOptional<Of extends ZodType> extends ZodType<Of['_output'] | undefined> {
    readonly _optional: true
  }
  interface ZodRecord<_Key, Of extends ZodType> extends ZodType<Record<string, Of['_output']>> {}
  interface ZodUnion<Options extends readonly ZodType[]> extends ZodType<Options[number]['_output']> {}
  interface ZodDiscriminatedUnion<Options extends readonly ZodType[], _Key> extends ZodType<Options[number]['_output']> {}
  interface ZodObject<Shape extends ZodRawShape, _Config = unknown> extends ZodType<OutputOf<Shape>> {}
  type ZodRawShape = { readonly [name: string]: ZodType }
  type IsOptional<Of> = Of extends { readonly _optional: true } ? true : false
  type OutputOf<Shape extends ZodRawShape> = {
    [Name in keyof Shape as IsOptional<Shape[Name]> extends true ? never : Name]: Shape[Name]['_output']
  } & { [Name in keyof Shape as IsOptional<Shape[Name]> extends true ? Name : never]?: Shape[Name]['_output'] }
  namespace core {
    type $strict = unknown
    type $ZodTypeInternals<_Output, _Input> = unknown
  }
}
