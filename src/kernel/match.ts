type Kinded = { readonly kind: string }
type Arms<Union extends Kinded, Result> = {
  [Kind in Union['kind']]: (value: Extract<Union, { kind: Kind }>) => Result
}

/** Answers every kind of a union; a kind without an answer does not compile. */
export function match<Union extends Kinded, Result>(value: Union, arms: Arms<Union, Result>): Result {
  const arm = arms[value.kind as Union['kind']] as (value: Union) => Result
  return arm(value)
}
