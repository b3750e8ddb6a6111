/** `Symbol.dispose`, also where the platform has none yet: what `using` is compiled to looks for this one then. */
export const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose); // a stand-in
