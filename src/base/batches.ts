/** What comes one by one, so many at a time. */
export async function* inBatches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let some: T[] = []
  for await (const each of all) {
    some.push(each)
    if (some.length < size) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
