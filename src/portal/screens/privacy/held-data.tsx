import type { Privacy } from '#contract/privacy.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { exportDeed } from '#portal/api/privacy.ts'
import { useStepUp } from '#portal/step-up/use-step-up.tsx'
import { isSignedOut } from '#portal/watch.ts'
import { Words } from '#portal/words/words.ts'
import { Failed } from './failed.tsx'

/** One file with everything, for those who pay. */
export function HeldData({ privacy: { account, mayPay } }: { readonly privacy: Privacy }) {
  const { deed, dialog } = useStepUp(exportDeed)
  if (isSignedOut(deed.error)) throw deed.error
  return (
    <>
      <p className="text-quiet">
        <Words id="privacy.dataWhy" />
      </p>
      {mayPay ? (
        <div className="flex flex-col items-start gap-3 pt-2">
          {deed.isError && <Failed />}
          <Button
            kind="quiet"
            wide={false}
            busy={deed.isPending}
            busyText={<Words id="privacy.downloading" />}
            onClick={() => deed.mutate(`billing-${account.id}.json`)}
          >
            <Words id="privacy.download" />
          </Button>
          {deed.isSuccess && (
            <output className="block">
              <Notice kind="success" word={<Words id="privacy.downloaded" />} />
            </output>
          )}
        </div>
      ) : (
        <p>
          <Words id="privacy.notYours" values={{ account: <bdi className="wrap-anywhere">{account.label}</bdi> }} />
        </p>
      )}
      {dialog}
    </>
  )
}
