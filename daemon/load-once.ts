/**
 * Runs a step at its first use, and shares its result with all later ones. One that failed is tried again: what could not be
 * loaded for want of file descriptors can be, once there are some.
 */
export function loadOnce<T>(step: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= step().catch(error => {
      loading = undefined
      throw error
    })
    return loading
  }
}
