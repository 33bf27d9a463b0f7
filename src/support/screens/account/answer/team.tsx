import type { DeskAnswer, TeamMember } from '#contract/desk-answer.ts'
import { useSession } from '#support/frame.tsx'
import { format } from '#support/format.ts'
import { answerWords, askedBy, askedWords } from '#support/words/answer.ts'
import { Disclosure } from '#ui/disclosure.tsx'
import { Part } from './part.tsx'
import { Person } from './refused-request.tsx'
import { SendLink } from './send-link.tsx'

/** Who of their people can mend it, and who was asked to. */
export function Team({ answer }: { readonly answer: DeskAnswer }) {
  const { team, blockers } = answer
  const [first] = blockers
  const who = first?.blocker.who
  const can = team.members.filter(({ canFix }) => canFix)
  const cannot = team.members.filter(({ canFix }) => !canFix)
  return (
    <Part title={answerWords.team}>
      {who === 'vendor' && <p className="text-small">{answerWords.teamCannot}</p>}
      {who === 'nobody' && <p className="text-small">{answerWords.teamWaits}</p>}
      {team.total === 0 && <p className="text-small">{answerWords.nobody}</p>}
      {team.total > 0 && can.length === 0 && <p className="text-small">{answerWords.nobodyCan}</p>}
      <People answer={answer} people={can} />
      {cannot.length > 0 && (
        <Disclosure summary={answerWords.others(format.number(team.total - can.length))}>
          <People answer={answer} people={cannot} />
          {team.total > team.members.length && (
            <p>{answerWords.notShown(format.number(team.total - team.members.length))}</p>
          )}
        </Disclosure>
      )}
    </Part>
  )
}

function People({ answer, people }: { readonly answer: DeskAnswer; readonly people: readonly TeamMember[] }) {
  const { rights } = useSession()
  const mends = answer.blockers.length > 0 || answer.warnings.length > 0 || answer.verdict === 'unchecked'
  return (
    <ul className="flex flex-col gap-1">
      {people.map((member) => (
        <li key={member.person.id} className="flex min-w-0 flex-col text-small text-ink">
          <Person person={member.person} />
          <span className="text-quiet">
            {[asked(member, answer.now), member.person.email ? undefined : answerWords.unreachable]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
          {mends && rights.includes('send-link') && <SendLink answer={answer} member={member} />}
        </li>
      ))}
    </ul>
  )
}

function asked({ asked: one }: TeamMember, now: number): string | undefined {
  return one && `${askedBy[one.by]} ${format.moment(one.at, now)}: ${askedWords[one.state]}`
}
