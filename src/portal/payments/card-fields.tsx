import type { Visit } from '#contract/visit.ts'
import { viewIn } from '#portal/api/view-path.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { useAppearance } from './appearance.ts'
import { BlockedFields } from './blocked-fields.tsx'
import { FieldsPlace } from './fields-place.tsx'
import { loadStripeJs } from './load-stripe.ts'
import { saveCard, type SaveResult } from './save-card.ts'

export type CardFieldsHandle = {
  /** Saves what is typed; `clientSecretFrom` asks our server for a SetupIntent once the fields are valid. */
  readonly save: (clientSecretFrom: () => Promise<string>) => Promise<SaveResult>
}

export type FieldsState = 'loading' | 'ready' | 'blocked'

type CardFieldsProps = {
  readonly stripe: Visit['stripe']
  /** ISO 4217, lower case. */
  readonly currency: string | undefined
  /** Of the billing address, ISO 3166-1 alpha-2: nothing known is asked again. */
  readonly country: string | undefined
  readonly ref: Ref<CardFieldsHandle>
  readonly onState: (state: FieldsState) => void
  readonly onTyping: () => void
}

/** Stripe's own fields in Stripe's own frame: a card number never meets our code. */
export function CardFields(props: CardFieldsProps) {
  return viewIn(window.location.pathname) === undefined ? <StripeFields {...props} /> : <FieldsElsewhere {...props} />
}

/** For support, who look on: where the fields are, and that they can be typed into. */
function FieldsElsewhere({ onState }: CardFieldsProps) {
  useEffect(() => onState('ready'), [onState])
  return (
    <div className="grid min-h-65 place-items-center rounded-control border border-dashed border-edge p-6 text-center text-quiet">
      <p>
        <Words id="viewAs.fields" />
      </p>
    </div>
  )
}

function StripeFields({ stripe, currency, country, ref, onState, onTyping }: CardFieldsProps) {
  const { language } = useWords()
  const appearance = useAppearance()
  const loading = useQuery({
    queryKey: ['stripe-js', stripe.script],
    queryFn: () => loadStripeJs(stripe),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    networkMode: 'always',
    structuralSharing: false,
  })
  const [refused, setRefused] = useState(false)
  const blocked = refused || loading.isError

  useEffect(() => {
    if (blocked) onState('blocked')
  }, [blocked, onState])

  function tryAgain() {
    setRefused(false)
    onState('loading')
    if (loading.isError) void loading.refetch()
  }

  if (blocked && !loading.isFetching) return <BlockedFields onRetry={tryAgain} />
  if (!loading.data) return <FieldsPlace ready={false} />
  return (
    <Elements
      key={`${currency} ${language}`}
      stripe={loading.data}
      options={{
        mode: 'setup',
        ...(currency !== undefined && { currency }),
        setupFutureUsage: 'off_session',
        loader: 'never',
        locale: language,
        appearance,
      }}
    >
      <Fields
        country={country}
        ref={ref}
        onReady={() => onState('ready')}
        onRefused={() => setRefused(true)}
        onTyping={onTyping}
      />
    </Elements>
  )
}

type FieldsProps = {
  readonly country: string | undefined
  readonly ref: Ref<CardFieldsHandle>
  readonly onReady: () => void
  readonly onRefused: () => void
  readonly onTyping: () => void
}

function Fields({ country, ref, onReady, onRefused, onTyping }: FieldsProps) {
  const stripe = useStripe()
  const elements = useElements()
  const [ready, setReady] = useState(false)
  const typed = useRef(false)

  useImperativeHandle(
    ref,
    () => ({
      save: (clientSecretFrom) =>
        stripe && elements && ready
          ? saveCard(stripe, elements, clientSecretFrom)
          : Promise.resolve({ kind: 'unavailable' }),
    }),
    [stripe, elements, ready],
  )

  return (
    <FieldsPlace ready={ready}>
      <PaymentElement
        // What Stripe's small print says about a card stands below, in our words.
        options={{
          layout: 'tabs',
          terms: { card: 'never' },
          ...(country !== undefined && { defaultValues: { billingDetails: { address: { country } } } }),
        }}
        onReady={() => {
          setReady(true)
          onReady()
        }}
        onLoadError={onRefused}
        onChange={({ empty }) => {
          // The fields tell of themselves when they are there, before anybody has typed.
          typed.current ||= !empty
          if (typed.current) onTyping()
        }}
      />
    </FieldsPlace>
  )
}
