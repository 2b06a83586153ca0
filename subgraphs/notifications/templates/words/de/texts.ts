import type { Language } from '../language.js'

/** In letters of GSM 03.38, which has those of German. */
export const TEXTS_DE: Language['texts'] = {
  otp: '{code} ist Ihr Code für {product}. Er gilt 5 Minuten lang und nur einmal. Geben Sie ihn an niemanden weiter.',
  'login-alert':
    'Anmeldung bei Ihrem Konto bei {product}, von einem neuen Gerät oder nach Fehlversuchen. Waren Sie das nicht? Ändern Sie jetzt Ihr Passwort.',
  'session-revoked':
    'Eine Sitzung Ihres Kontos bei {product} lief an zwei Orten zugleich; wir haben sie beendet. Verdächtig? Ändern Sie jetzt Ihr Passwort.',
  'sessions-ended':
    'Unser Team hat Sitzungen Ihres Kontos bei {product} beendet. Melden Sie sich neu an, um fortzufahren.',
  'mfa-changed':
    'Der zweite Faktor Ihres Kontos bei {product} wurde geändert. Waren Sie das nicht? Ändern Sie jetzt Ihr Passwort.',
  'password-changed':
    'Das Passwort Ihres Kontos bei {product} wurde geändert. Waren Sie das nicht? Setzen Sie es sofort auf der Anmeldeseite zurück.',
  'account-deletion':
    'Ihr Konto bei {product} wird auf Ihren Wunsch gelöscht. Zum Abbrechen melden Sie sich an. Waren Sie das nicht? Ändern Sie auch Ihr Passwort.',
  'account-kept': 'Die Löschung Ihres Kontos bei {product} wurde abgebrochen. Alles ist, wie es war.',
  'account-deleted':
    'Ihr Konto bei {product} wurde gelöscht, mit allem, was wir über Sie wussten. Dies ist unsere letzte Nachricht.',
  invitation: 'Ihr Konto bei {product} steht bereit. Wählen Sie innerhalb von 7 Tagen ein Passwort: {link}',
  'number-registered':
    'Jemand wollte sich bei {product} mit dieser Nummer registrieren. Sie gehört zu Ihrem Konto. Waren Sie es, melden Sie sich wie gewohnt an.',
  'number-wanted':
    'Jemand wollte diese Nummer für ein anderes Konto bei {product} verwenden. Sie gehört zu Ihrem; es wurde nichts geändert.',
  'email-changed':
    'Ihr Konto bei {product} hat eine neue E-Mail-Adresse. Waren Sie das nicht? Binnen 7 Tagen rückgängig machen: {link}',
  'phone-changed':
    'Ihr Konto bei {product} hat eine andere Telefonnummer. Waren Sie das nicht? Binnen 7 Tagen rückgängig machen: {link}',
  'profile-changed':
    'Das Profil Ihres Kontos bei {product} wurde geändert. Waren Sie das nicht? Ändern Sie jetzt Ihr Passwort.',
  'login-alerts-off':
    'Anmeldehinweise Ihres Kontos bei {product} sind ausgeschaltet. Waren Sie das nicht? Ändern Sie Ihr Passwort und schalten Sie sie wieder ein.',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
