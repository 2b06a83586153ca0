export const WORDS = {
  'Verify your address': 'Adresse bestätigen',
  'One press confirms that this address is yours.':
    'Mit einem Klick bestätigen Sie, dass diese Adresse Ihnen gehört.',
  'Verify my address': 'Meine Adresse bestätigen',
  'Confirm your new address': 'Neue Adresse bestätigen',
  'One press, and this is the email address of your account.':
    'Mit einem Klick wird dies die E\u2011Mail-Adresse Ihres Kontos.',
  'Confirm my new address': 'Meine neue Adresse bestätigen',
  'Undo the change': 'Änderung rückgängig machen',
  'One press restores your previous address or number and ends every session of your account.':
    'Mit einem Klick stellen Sie Ihre bisherige Adresse oder Nummer wieder her und beenden alle Sitzungen Ihres Kontos.',
  'Choose a password': 'Passwort wählen',
  'An account was made for you. With a password it is yours.':
    'Für Sie wurde ein Konto angelegt. Mit einem Passwort gehört es Ihnen.',
  Password: 'Passwort',
  'Take over my account': 'Mein Konto übernehmen',
  'Choose a new password': 'Neues Passwort wählen',
  'It takes the place of the old one, and every device is signed out.':
    'Es ersetzt das bisherige, und alle Geräte werden abgemeldet.',
  'New password': 'Neues Passwort',
  'Set the new password': 'Neues Passwort festlegen',
  Unsubscribe: 'Abbestellen',
  'One press, and you get no more messages of this kind. Those about the security of your account still come.':
    'Mit einem Klick erhalten Sie keine Nachrichten dieser Art mehr. Nachrichten zur Sicherheit Ihres Kontos kommen weiterhin.',
  'One moment …': 'Einen Moment …',
  'That did not work. Check your connection and try again.':
    'Das hat nicht funktioniert. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  'This link is not complete. Open it again from the message.':
    'Dieser Link ist unvollständig. Öffnen Sie ihn noch einmal aus der Nachricht.',
  'This link has expired, or a newer one was sent. Ask for a new link where you signed up.':
    'Dieser Link ist abgelaufen, oder es wurde ein neuerer versandt. Fordern Sie dort, wo Sie sich registriert haben, einen neuen an.',
  'This link was used before: your address is verified. You can sign in.':
    'Dieser Link wurde bereits verwendet: Ihre Adresse ist bestätigt. Sie können sich anmelden.',
  'Your address is verified and you can sign in. The username you wanted is taken: choose another one.':
    'Ihre Adresse ist bestätigt, und Sie können sich anmelden. Der gewünschte Benutzername ist vergeben: Wählen Sie einen anderen.',
  'Your address is verified. You can sign in now.':
    'Ihre Adresse ist bestätigt. Sie können sich jetzt anmelden.',
  'This link does not work. Ask for a new link where you signed up.':
    'Dieser Link funktioniert nicht. Fordern Sie dort, wo Sie sich registriert haben, einen neuen an.',
  'This link has expired, or a newer change took its place. Ask for the change again.':
    'Dieser Link ist abgelaufen oder durch eine neuere Änderung überholt. Beantragen Sie die Änderung noch einmal.',
  'This link was used before: the change is made.':
    'Dieser Link wurde bereits verwendet: Die Änderung ist erfolgt.',
  'This address belongs to another account by now. Nothing was changed.':
    'Diese Adresse gehört inzwischen zu einem anderen Konto. Es wurde nichts geändert.',
  'This is the email address of your account now. Your old address gets a notice.':
    'Dies ist jetzt die E\u2011Mail-Adresse Ihres Kontos. An Ihre bisherige Adresse geht ein Hinweis.',
  'This link does not work. Ask for the change again.':
    'Dieser Link funktioniert nicht. Beantragen Sie die Änderung noch einmal.',
  'This link has expired. Ask whoever runs this service for help.':
    'Dieser Link ist abgelaufen. Wenden Sie sich an den Betreiber dieses Dienstes.',
  'This link was used before: the change is undone.':
    'Dieser Link wurde bereits verwendet: Die Änderung ist rückgängig gemacht.',
  'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.':
    'Ihre bisherige Adresse oder Nummer ist wiederhergestellt, und alle Sitzungen Ihres Kontos sind beendet. Melden Sie sich an und ändern Sie Ihr Passwort.',
  'This link does not work. Ask whoever runs this service for help.':
    'Dieser Link funktioniert nicht. Wenden Sie sich an den Betreiber dieses Dienstes.',
  'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.':
    'Dieser Link ist abgelaufen, oder es wurde ein neuerer versandt. Bitten Sie die Person, die Sie eingeladen hat, um einen neuen.',
  'This link was used before: the account is taken over. Sign in, or reset the password.':
    'Dieser Link wurde bereits verwendet: Das Konto ist übernommen. Melden Sie sich an, oder setzen Sie das Passwort zurück.',
  'This service has terms to agree to, which this page does not show. Ask whoever invited you.':
    'Dieser Dienst verlangt die Zustimmung zu Bedingungen, die diese Seite nicht zeigt. Wenden Sie sich an die Person, die Sie eingeladen hat.',
  'The account is yours. You can sign in now.': 'Das Konto gehört Ihnen. Sie können sich jetzt anmelden.',
  'This link does not work. Ask whoever invited you for a new one.':
    'Dieser Link funktioniert nicht. Bitten Sie die Person, die Sie eingeladen hat, um einen neuen.',
  'This link has expired, or a newer one was sent. Ask for a new link where you sign in.':
    'Dieser Link ist abgelaufen, oder es wurde ein neuerer versandt. Fordern Sie auf der Anmeldeseite einen neuen an.',
  'This link was used before: the password was set with it. Sign in, or ask for a new link.':
    'Dieser Link wurde bereits verwendet: Das Passwort ist festgelegt. Melden Sie sich an, oder fordern Sie einen neuen Link an.',
  'Your new password is set, and every device is signed out. You can sign in now.':
    'Ihr neues Passwort ist festgelegt, und alle Geräte sind abgemeldet. Sie können sich jetzt anmelden.',
  'This link does not work. Ask for a new link where you sign in.':
    'Dieser Link funktioniert nicht. Fordern Sie auf der Anmeldeseite einen neuen an.',
  'You get no more messages of this kind. In your account you can have them again.':
    'Sie erhalten keine Nachrichten dieser Art mehr. In Ihrem Konto können Sie sie wieder einschalten.',
  'This link does not work. You can say in your account what you want to be told.':
    'Dieser Link funktioniert nicht. In Ihrem Konto können Sie festlegen, welche Nachrichten Sie erhalten.',
  'This password is too short. Take a longer one.': 'Dieses Passwort ist zu kurz. Wählen Sie ein längeres.',
  'This password is too long. Take a shorter one.': 'Dieses Passwort ist zu lang. Wählen Sie ein kürzeres.',
  'This password is one of the most used. Take another one.':
    'Dieses Passwort gehört zu den am häufigsten verwendeten. Wählen Sie ein anderes.',
  'This password is known from a breach. Take another one.':
    'Dieses Passwort ist aus einem Datenleck bekannt. Wählen Sie ein anderes.',
  'This password contains your name or address. Take another one.':
    'Dieses Passwort enthält Ihren Namen oder Ihre Adresse. Wählen Sie ein anderes.',
  'This password is a repetition or a sequence. Take another one.':
    'Dieses Passwort ist eine Wiederholung oder eine Folge. Wählen Sie ein anderes.',
  'You had this password before. Take another one.':
    'Dieses Passwort hatten Sie schon einmal. Wählen Sie ein anderes.',
}
