import type { Language } from '../language.js'

/** No letter of these is in GSM 03.38, so that 70 are one message. */
export const TEXTS_JA: Language['texts'] = {
  otp: '{code} は {product} の確認コードです。5分間、1回限り有効です。他人に教えないでください。',
  'login-alert':
    '{product} のアカウントに、新しい端末から、または失敗の後にログインがありました。心当たりがなければ、すぐパスワードを変更してください。',
  'session-revoked':
    '{product} のセッションが同時に2か所で使用されたため、終了しました。不審な点があれば、すぐパスワードを変更してください。',
  'sessions-ended':
    '当社の担当者が {product} のセッションを終了しました。続けるには、もう一度ログインしてください。',
  'mfa-changed':
    '{product} の2段階認証の設定が変更されました。心当たりがなければ、すぐパスワードを変更してください。',
  'password-changed':
    '{product} のパスワードが変更されました。心当たりがなければ、すぐログイン画面で再設定してください。',
  'account-deletion':
    '{product} のアカウント削除を承りました。ログインすると取り消せます。心当たりがなければ、取り消してパスワードを変更してください。',
  'account-kept': '{product} のアカウントの削除は取り消されました。これまでどおりご利用いただけます。',
  'account-deleted': '{product} のアカウントと、お客様に関する情報を削除しました。これが最後のお知らせです。',
  invitation: '{product} のアカウントをご用意しました。7日以内にパスワードを設定してください: {link}',
  'number-registered':
    'この番号で {product} に登録する操作がありましたが、すでに登録済みです。ご本人の場合は、通常どおりログインしてください。',
  'number-wanted':
    '{product} の別のアカウントでこの番号を使おうとする操作がありましたが、変更は行われていません。',
  'email-changed': '{product} のメールアドレスが変更されました。7日以内なら取り消せます: {link}',
  'phone-changed': '{product} の電話番号が変更されました。7日以内なら取り消せます: {link}',
  'profile-changed':
    '{product} のプロフィールが変更されました。心当たりがなければ、すぐパスワードを変更してください。',
  'login-alerts-off':
    '{product} のログイン通知がオフになりました。心当たりがなければ、パスワードを変更し、通知をオンに戻してください。',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
