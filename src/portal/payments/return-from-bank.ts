import { visitQuery } from '#portal/api/visit.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'

/** What Stripe adds to the address when a bank's check needed the whole page (https://docs.stripe.com/js/setup_intents/confirm_setup). */
const added = [
  'setup_intent',
  'setup_intent_client_secret',
  'payment_intent',
  'payment_intent_client_secret',
  'redirect_status',
]

/** Cleans the address and reads the account again: what an address says about money is never believed. */
export function useReturnFromBank(check: string | undefined): void {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const client = useQueryClient()
  useEffect(() => {
    const parameters = new URLSearchParams(search)
    if (!added.some((name) => parameters.has(name))) return
    for (const name of added) parameters.delete(name)
    void navigate({ pathname, search: parameters.toString() }, { replace: true })
    void client.invalidateQueries(visitQuery(check))
  }, [pathname, search, check, navigate, client])
}
