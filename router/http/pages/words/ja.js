export const WORDS = {
  'Verify your address': 'メールアドレスの確認',
  'One press confirms that this address is yours.':
    'ボタンを押すと、このアドレスがお客様のものであることが確認されます。',
  'Verify my address': 'アドレスを確認する',
  'Confirm your new address': '新しいアドレスの確認',
  'One press, and this is the email address of your account.':
    'ボタンを押すと、このアドレスがアカウントのメールアドレスになります。',
  'Confirm my new address': '新しいアドレスを確認する',
  'Undo the change': '変更の取り消し',
  'One press restores your previous address or number and ends every session of your account.':
    'ボタンを押すと、以前のアドレスまたは電話番号が元に戻り、アカウントのすべてのセッションが終了します。',
  'Choose a password': 'パスワードの設定',
  'An account was made for you. With a password it is yours.':
    'お客様のアカウントが作成されました。パスワードを設定すると、ご利用いただけます。',
  Password: 'パスワード',
  'Take over my account': 'アカウントの利用を開始する',
  'Choose a new password': '新しいパスワードの設定',
  'It takes the place of the old one, and every device is signed out.':
    'これまでのパスワードに代わり、すべての端末がログアウトされます。',
  'New password': '新しいパスワード',
  'Set the new password': '新しいパスワードを設定する',
  Unsubscribe: '配信停止',
  'One press, and you get no more messages of this kind. Those about the security of your account still come.':
    'ボタンを押すと、この種類のメッセージは届かなくなります。アカウントのセキュリティに関するお知らせは引き続き届きます。',
  'One moment …': 'しばらくお待ちください…',
  'That did not work. Check your connection and try again.':
    '処理できませんでした。接続を確認して、もう一度お試しください。',
  'This link is not complete. Open it again from the message.':
    'リンクが不完全です。メッセージからもう一度開いてください。',
  'This link has expired, or a newer one was sent. Ask for a new link where you signed up.':
    'このリンクは期限が切れているか、新しいリンクが送信されています。ご登録の画面から新しいリンクを請求してください。',
  'This link was used before: your address is verified. You can sign in.':
    'このリンクは使用済みです。メールアドレスは確認されています。ログインできます。',
  'Your address is verified and you can sign in. The username you wanted is taken: choose another one.':
    'メールアドレスが確認され、ログインできるようになりました。ご希望のユーザー名は使用されているため、別のものを選んでください。',
  'Your address is verified. You can sign in now.': 'メールアドレスが確認されました。ログインできます。',
  'This link does not work. Ask for a new link where you signed up.':
    'このリンクは使用できません。ご登録の画面から新しいリンクを請求してください。',
  'This link has expired, or a newer change took its place. Ask for the change again.':
    'このリンクは期限が切れているか、新しい変更によって無効になりました。もう一度変更を申請してください。',
  'This link was used before: the change is made.': 'このリンクは使用済みです。変更は完了しています。',
  'This address belongs to another account by now. Nothing was changed.':
    'このアドレスは、現在ほかのアカウントに登録されています。変更は行われていません。',
  'This is the email address of your account now. Your old address gets a notice.':
    'このアドレスがアカウントのメールアドレスになりました。以前のアドレスにお知らせをお送りします。',
  'This link does not work. Ask for the change again.':
    'このリンクは使用できません。もう一度変更を申請してください。',
  'This link has expired. Ask whoever runs this service for help.':
    'このリンクは期限が切れています。サービスの運営者にお問い合わせください。',
  'This link was used before: the change is undone.': 'このリンクは使用済みです。変更は取り消されています。',
  'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.':
    '以前のアドレスまたは電話番号が元に戻り、アカウントのすべてのセッションが終了しました。ログインしてパスワードを変更してください。',
  'This link does not work. Ask whoever runs this service for help.':
    'このリンクは使用できません。サービスの運営者にお問い合わせください。',
  'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.':
    'このリンクは期限が切れているか、新しいリンクが送信されています。招待した方に新しいリンクをご依頼ください。',
  'This link was used before: the account is taken over. Sign in, or reset the password.':
    'このリンクは使用済みで、アカウントはすでにご利用いただけます。ログインするか、パスワードを再設定してください。',
  'This service has terms to agree to, which this page does not show. Ask whoever invited you.':
    'このサービスには同意が必要な規約がありますが、この画面には表示されません。招待した方にお問い合わせください。',
  'The account is yours. You can sign in now.':
    'アカウントをご利用いただけるようになりました。ログインできます。',
  'This link does not work. Ask whoever invited you for a new one.':
    'このリンクは使用できません。招待した方に新しいリンクをご依頼ください。',
  'This link has expired, or a newer one was sent. Ask for a new link where you sign in.':
    'このリンクは期限が切れているか、新しいリンクが送信されています。ログイン画面から新しいリンクを請求してください。',
  'This link was used before: the password was set with it. Sign in, or ask for a new link.':
    'このリンクは使用済みで、パスワードは設定されています。ログインするか、新しいリンクを請求してください。',
  'Your new password is set, and every device is signed out. You can sign in now.':
    '新しいパスワードが設定され、すべての端末がログアウトされました。ログインできます。',
  'This link does not work. Ask for a new link where you sign in.':
    'このリンクは使用できません。ログイン画面から新しいリンクを請求してください。',
  'You get no more messages of this kind. In your account you can have them again.':
    'この種類のメッセージは届かなくなりました。アカウントの設定で再開できます。',
  'This link does not work. You can say in your account what you want to be told.':
    'このリンクは使用できません。受け取るお知らせはアカウントの設定で選択できます。',
  'This password is too short. Take a longer one.': 'パスワードが短すぎます。もっと長いものにしてください。',
  'This password is too long. Take a shorter one.': 'パスワードが長すぎます。もっと短いものにしてください。',
  'This password is one of the most used. Take another one.':
    'このパスワードはよく使われているものです。別のものにしてください。',
  'This password is known from a breach. Take another one.':
    'このパスワードは流出したデータに含まれています。別のものにしてください。',
  'This password contains your name or address. Take another one.':
    'このパスワードにはお名前またはアドレスが含まれています。別のものにしてください。',
  'This password is a repetition or a sequence. Take another one.':
    'このパスワードは繰り返しまたは連続した文字です。別のものにしてください。',
  'You had this password before. Take another one.':
    'このパスワードは以前に使用されたものです。別のものにしてください。',
}
