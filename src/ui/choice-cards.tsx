import { useId, type ReactNode } from 'react'

export type ChoiceCard<V extends string> = {
  readonly value: V
  readonly name: ReactNode
  /** The figure that people compare, and a quiet word below it. */
  readonly figure: ReactNode
  readonly per?: ReactNode
  /** A word of state above everything: "Your plan now". */
  readonly mark?: ReactNode
  /** What is in it, in one order on all cards. */
  readonly points: readonly { readonly key: string; readonly text: ReactNode }[]
  /** Shown, but not to be had; `mark` says why. */
  readonly disabled?: boolean
}

type ChoiceCardsProps<V extends string> = {
  readonly legend: ReactNode
  readonly name: string
  readonly value: V | undefined
  readonly cards: readonly ChoiceCard<V>[]
  /** None may be chosen for now. */
  readonly disabled?: boolean
  readonly onChoose: (value: V) => void
}

const columns: Readonly<Record<number, string>> = { 1: '', 2: 'md:grid-cols-2', 4: 'md:grid-cols-2' }

/** One of several things worth comparing: side by side where there is room, below one another where there is not. */
export function ChoiceCards<V extends string>({ legend, name, value, cards, disabled, onChoose }: ChoiceCardsProps<V>) {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-2 font-medium">{legend}</legend>
      <div className={`grid gap-3 ${columns[cards.length] ?? 'md:grid-cols-3'}`}>
        {cards.map((card) => (
          <OneCard key={card.value} card={card} group={name} checked={card.value === value} onChoose={onChoose} />
        ))}
      </div>
    </fieldset>
  )
}

type OneCardProps<V extends string> = {
  readonly card: ChoiceCard<V>
  readonly group: string
  readonly checked: boolean
  readonly onChoose: (value: V) => void
}

function OneCard<V extends string>({ card, group, checked, onChoose }: OneCardProps<V>) {
  const id = useId()
  return (
    <label className="row-span-4 grid cursor-pointer grid-rows-subgrid gap-0 rounded-card border border-edge bg-surface p-4 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-disabled:cursor-default has-disabled:border-hairline">
      <span className="text-small font-medium text-quiet empty:hidden md:empty:block">{card.mark}</span>
      <span className="flex items-start gap-3">
        <input
          type="radio"
          name={group}
          value={card.value}
          checked={checked}
          disabled={card.disabled}
          onChange={() => onChoose(card.value)}
          aria-labelledby={`${id}name`}
          aria-describedby={`${id}figure ${id}points`}
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
        <span id={`${id}name`} className="min-w-0 font-semibold">
          {card.name}
        </span>
      </span>
      <span id={`${id}figure`} className="mt-2 block">
        <span className="text-title font-semibold tabular-nums">{card.figure}</span>
        {card.per !== undefined && (
          <>
            {' '}
            <span className="text-small text-quiet md:block">{card.per}</span>
          </>
        )}
      </span>
      <ul
        id={`${id}points`}
        className="mt-2 flex flex-wrap gap-x-1.5 text-small text-quiet empty:hidden md:flex-col md:gap-y-1"
      >
        {card.points.map(({ key, text }) => (
          <li key={key} className="max-md:not-last:after:ms-1.5 max-md:not-last:after:content-['·']">
            {text}
          </li>
        ))}
      </ul>
    </label>
  )
}
