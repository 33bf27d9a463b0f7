import { useId, type ReactNode } from 'react'

type ChoiceCard<V extends string> = {
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
  const isMarked = cards.some(({ mark }) => mark !== undefined)
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-2 font-medium">{legend}</legend>
      <div className={`grid gap-x-3 gap-y-3 ${columns[cards.length] ?? 'md:grid-cols-3'}`}>
        {cards.map((card) => (
          <OneCard
            key={card.value}
            card={card}
            group={name}
            isMarked={isMarked}
            checked={card.value === value}
            onChoose={onChoose}
          />
        ))}
      </div>
    </fieldset>
  )
}

type OneCardProps<V extends string> = {
  readonly card: ChoiceCard<V>
  readonly group: string
  /** Whether any card has a word of state: then all keep a line for it. */
  readonly isMarked: boolean
  readonly checked: boolean
  readonly onChoose: (value: V) => void
}

/** Rows are shared by the cards of a line, so that figures stand at one height however long a name is. */
const look =
  'grid cursor-pointer content-start gap-x-3 rounded-card border border-edge bg-surface p-4 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-disabled:cursor-default has-disabled:border-hairline has-disabled:text-quiet max-md:grid-cols-[minmax(0,1fr)_auto] md:grid-rows-subgrid md:gap-y-0'

function OneCard<V extends string>({ card, group, isMarked, checked, onChoose }: OneCardProps<V>) {
  const id = useId()
  return (
    <label
      className={[look, isMarked ? 'md:row-span-4' : 'md:row-span-3', card.disabled === true && 'max-md:order-last']
        .filter(Boolean)
        .join(' ')}
    >
      {isMarked && <span className="text-small font-medium max-md:col-span-2 max-md:mb-1">{card.mark}</span>}
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
      <span id={`${id}figure`} className="block max-md:text-end md:mt-2">
        <span className="block text-lead font-semibold tabular-nums md:text-title">{card.figure}</span>
        {card.per !== undefined && <span className="block text-small text-quiet">{card.per}</span>}
      </span>
      <ul
        id={`${id}points`}
        className="mt-1 flex flex-wrap gap-x-1.5 text-small text-quiet empty:hidden max-md:col-span-2 max-md:ps-8 md:mt-3 md:flex-col md:gap-y-1"
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
