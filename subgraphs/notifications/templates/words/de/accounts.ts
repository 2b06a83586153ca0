import type { Language } from '../language.js'

export const ACCOUNTS_DE = {
  welcome: {
    subject: 'Willkommen! Bitte bestätigen Sie Ihre E-Mail-Adresse',
    body: `
      # Nur noch ein Schritt

      Vielen Dank für Ihre Registrierung bei {product}. Bestätigen Sie Ihre E-Mail-Adresse, um Ihr Konto nutzen zu können.

      [E-Mail-Adresse bestätigen]({link})

      > Der Link ist 24 Stunden gültig. Wenn Sie sich nicht registriert haben, können Sie diese Nachricht ignorieren; es passiert nichts.`,
  },
  invitation: {
    subject: 'Einladung: Wählen Sie ein Passwort für Ihr Konto',
    body: `
      # Ihr Konto steht bereit

      Für diese E-Mail-Adresse wurde ein Konto bei {product} angelegt. Wählen Sie ein Passwort, dann gehört es Ihnen.

      [Passwort wählen]({link})

      > Der Link ist 7 Tage und nur einmal gültig. Wenn Sie das Konto nicht möchten, ignorieren Sie diese Nachricht: Ohne diesen Link kann es niemand nutzen.`,
  },
  'email-verification': {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    body: `
      # Bestätigen Sie Ihre E-Mail-Adresse

      Hier ist ein neuer Link, mit dem Sie Ihre E-Mail-Adresse bei {product} bestätigen. Frühere Links gelten nicht mehr.

      [E-Mail-Adresse bestätigen]({link})

      > Der Link ist 24 Stunden gültig. Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren; es passiert nichts.`,
  },
  'account-exists': {
    subject: 'Sie haben bereits ein Konto',
    body: `
      # Sie haben bereits ein Konto

      Jemand wollte sich bei {product} mit Ihrer E-Mail-Adresse registrieren. Diese Adresse gehört bereits zu Ihrem Konto.

      Wenn Sie es waren, melden Sie sich wie gewohnt an. Falls Sie Ihr Passwort nicht mehr wissen, setzen Sie es auf der Anmeldeseite zurück.

      > Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Es wurde kein Konto angelegt und Ihres wurde nicht verändert.`,
  },
  'number-registered': {
    subject: 'Sie haben bereits ein Konto',
    body: `
      # Sie haben bereits ein Konto

      Jemand wollte sich bei {product} mit Ihrer Telefonnummer registrieren. Diese Nummer gehört bereits zu Ihrem Konto.

      Wenn Sie es waren, melden Sie sich wie gewohnt an. Falls Sie Ihr Passwort nicht mehr wissen, setzen Sie es auf der Anmeldeseite zurück.

      > Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Es wurde kein Konto angelegt und Ihres wurde nicht verändert.`,
  },
  'account-deletion': {
    subject: 'Ihr Konto wird gelöscht',
    body: `
      # Ihr Konto wird gelöscht

      Sie haben uns gebeten, Ihr Konto bei {product} zu löschen. Es wird mit seinem gesamten Inhalt gelöscht:

      | Zeitpunkt | {time}

      Bis dahin können Sie sich anmelden und die Löschung abbrechen.

      > Wenn Sie es nicht waren, melden Sie sich jetzt an, brechen Sie die Löschung ab und ändern Sie Ihr Passwort.`,
  },
  'account-kept': {
    subject: 'Ihr Konto bleibt bestehen',
    body: `
      # Ihr Konto bleibt bestehen

      Die Löschung Ihres Kontos bei {product} wurde abgebrochen. Alles ist, wie es war.

      > Wenn Sie es nicht waren, ändern Sie jetzt Ihr Passwort und beenden Sie in Ihrem Konto alle anderen Sitzungen.`,
  },
  'account-deleted': {
    subject: 'Ihr Konto wurde gelöscht',
    body: `
      # Ihr Konto wurde gelöscht

      Ihr Konto bei {product} wurde gelöscht, mit allem, was wir über Sie wussten. Es lässt sich nicht wiederherstellen.

      > Wenn Sie das nicht wollten, wenden Sie sich an den Betreiber von {product}.`,
    footer:
      'Dies ist die letzte Nachricht von {product} an diese Adresse. Sie wurde automatisch versandt; Antworten werden nicht gelesen.',
  },
} satisfies Partial<Language['mails']>
