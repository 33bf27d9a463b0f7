import type { Reason } from '#diagnosis/reason.ts'
import type { Meaning } from './evidence.ts'

/**
 * The most common sentences in Chinese and Japanese, which put no spaces between words, and of Korean, which joins them. Gaps are bounded, so these regular
 * expressions take linear time.
 */
const says: Partial<Record<Reason, readonly RegExp[]>> = {
  account_frozen: [
    /(?:账户|账号|帐户|帐号|組織|组织|账戶|帳戶|アカウント).{0,8}(?:冻结|凍結|封禁|停用|暂停|暫停|停止)/gu,
  ],
  payment_processing: [/(?:付款|支付|お?支払い?|決済).{0,6}(?:处理中|處理中|处理之中|処理中)/gu],
  authentication_required: [
    /(?:付款|支付|银行|支払い?|決済|銀行).{0,10}(?:需要.{0,4}(?:验证|驗證|认证)|認証が必要|認証を)/gu,
    /3D\s?(?:验证|セキュア|セキュアの?認証)/gu,
  ],
  card_declined: [
    /(?:카드|결제).{0,8}거절/gu,
    /(?:卡|付款|支付|カード|決済|お?支払い?).{0,8}(?:被拒|拒绝|拒絕|拒否)/gu,
  ],
  card_expired: [/카드.{0,8}만료/gu, /(?:卡|カード).{0,8}(?:过期|過期|到期|期限切れ|有効期限が切れ)/gu],
  invoice_overdue: [
    /(?:未付|未支付|逾期)的?(?:账单|帳單|发票|款项)/gu,
    /(?:账单|帳單|发票|账户|帐户).{0,8}(?:逾期|未付|未支付)/gu,
    /(?:請求書?|お?支払い?).{0,10}(?:未払い|延滞|滞納|期限を過ぎ)/gu,
    /未払い/gu,
  ],
  subscription_paused: [/(?:订阅|訂閱|套餐|サブスクリプション|契約).{0,6}(?:已?暂停|已?暫停|一時停止)/gu],
  subscription_canceled: [
    /(?:订阅|訂閱|套餐|会员|會員|サブスクリプション|契約|ライセンス|许可证).{0,8}(?:已?过期|已?過期|已?到期|已?取消|期限切れ|有効期限が切れ|終了|解約|キャンセル)/gu,
    /(?:구독|멤버십|라이선스).{0,8}(?:만료|취소|종료)/gu,
  ],
  trial_ended: [
    /(?:체험|평가판|무료 ?사용).{0,10}(?:만료|종료|끝)/gu,
    /(?:试用|試用|トライアル|体験期間|お試し).{0,10}(?:结束|結束|到期|过期|過期|終了|期限切れ|切れ)/gu,
  ],
  no_payment_method: [
    /(?:没有|未|請先|请先|请|需要).{0,6}(?:绑定|添加|设置|綁定|新增).{0,6}(?:支付方式|付款方式|信用卡|银行卡)/gu,
    /(?:お?支払い?方法|クレジットカード).{0,8}(?:登録されて|設定されて|追加して|登録して|必要)/gu,
  ],
  billing_details_missing: [
    /(?:账单地址|帳單地址|税号|税務|請求先住所|請求先情報).{0,10}(?:缺少|缺失|不完整|必填|必要|不足|未設定|未登録)/gu,
  ],
  spend_cap_reached: [
    /月額上限.{0,2}(?:に達|を超え)/gu,
    /(?:消费|消費|支出|预算|預算|利用金額|予算).{0,4}(?:上限|限额|限額|限制|限度).{0,8}(?:达到|達到|达|超|に達)/gu,
    /(?:达到|達到|超出|超过|超過).{0,8}(?:消费|消費|支出|预算|預算).{0,4}(?:上限|限额|限額|限制)?/gu,
  ],
  credits_exhausted: [
    /(?:余额|餘額|积分|點數|点数|額度余额|残高|クレジット|ポイント).{0,8}(?:不足|不够|不夠|用完|用尽|耗尽|耗盡|已?为零|足りません|なくなりました|使い切り)/gu,
    /(?:请|請).{0,2}(?:充值|储值|儲值)/gu,
    /无可用资源包/gu,
    /(?:잔액|잔고|크레딧|포인트).{0,6}(?:부족|소진|모두 사용)/gu,
  ],
  usage_limit_exceeded: [
    /(?:每月|本月|当月|月度|每日|今日|当日|套餐|使用|月間|今月|ご利用|利用|プラン).{0,8}(?:额度|額度|配额|配額|用量|上限|制限|限度).{0,10}(?:用完|用尽|耗尽|已达|達到|达到|超出|超过|超過|に達|超え)/gu,
    /(?:已达到?|达到|達到).{0,12}(?:使用上限|用量上限)/gu,
    /(?:월|월간|이번 달|사용량|요금제).{0,8}(?:한도|할당량).{0,8}(?:초과|도달|소진)/gu,
    /(?:已达|达到|達到|超出|超过|超過).{0,8}(?:每月|本月|当月|月度|套餐|计划|方案).{0,8}(?:额度|額度|配额|配額|用量|上限|限制)/gu,
  ],
  seat_limit: [
    /(?:席位|座位|成员|用户数|成員|ライセンス数|ユーザー数|シート数|メンバー数).{0,8}(?:已满|已滿|上限|不足|达到|達到|用完)/gu,
  ],
  plan_lacks_feature: [
    /(?:요금제|플랜|구독).{0,16}(?:사용할 수 없|이용할 수 없|지원하지 않|지원되지 않|포함되어 있지 않|포함되지 않)/gu,
    /(?:当前|目前|您的|现有|ご利用の|現在の)?(?:套餐|订阅|方案|计划|プラン).{0,6}(?:不支持|不包含|不含|不支援|では(?:利用|ご利用|使用)(?:できません|いただけません)|に含まれて(?:い)?ません)/gu,
    /(?:升级|升級|アップグレード).{0,10}(?:使用此功能|解锁此|この機能)/gu,
  ],
  rate_limited: [
    /요청.{0,8}(?:너무 많|과도)/gu,
    /(?:请求|請求|调用|访问|リクエスト|アクセス).{0,8}(?:过于频繁|过快|頻繁|太频繁|速率限制|频率限制|频率超|多すぎ|レート制限)/gu,
    /(?:速率|频率|レート).{0,2}(?:限制|制限)/gu,
  ],
}

const open: readonly (readonly [reasons: readonly Reason[], patterns: readonly RegExp[]])[] = [
  [['invoice_overdue', 'credits_exhausted'], [/欠费|欠費/gu]],
  [
    ['credits_exhausted', 'usage_limit_exceeded'],
    [/(?:额度|額度|配额|配額).{0,8}(?:不足|用完|用尽|耗尽|耗盡|超出|超过)/gu],
  ],
  [
    ['card_declined', 'card_expired', 'authentication_required', 'no_payment_method', 'invoice_overdue'],
    [/(?:付款|支付|扣款|決済|お?支払い?).{0,6}(?:失败|失敗)/gu],
  ],
]

/** Patterns of both languages, each with what it means. */
export const asian: readonly (readonly [pattern: RegExp, means: Meaning])[] = [
  ...(Object.keys(says) as Reason[]).flatMap((reason) =>
    (says[reason] ?? []).map((pattern) => [pattern, { reasons: [reason], weight: 'sure' }] as const),
  ),
  ...open.flatMap(([reasons, patterns]) =>
    patterns.map((pattern) => [pattern, { reasons, weight: 'likely' }] as const),
  ),
]
