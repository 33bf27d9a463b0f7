import { startTransition, useOptimistic } from 'react'
import { useNavigate, type NavigateOptions, type To } from 'react-router-dom'

type Wish<T> = (wished: T, at: To, how?: NavigateOptions) => void

/**
 * What is wanted of a page, from the moment it is chosen: the address, where it stands, follows once the page has been
 * looked at again. What is chosen meanwhile builds on it.
 */
export function useWished<T>(wanted: T): readonly [wished: T, wish: Wish<T>] {
  const navigate = useNavigate()
  const [wished, setWished] = useOptimistic(wanted)
  const wish: Wish<T> = (next, at, how) =>
    startTransition(async () => {
      setWished(next)
      await navigate(at, how)
    })
  return [wished, wish]
}
