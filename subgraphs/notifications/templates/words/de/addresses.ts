import type { Language } from '../language.js'

export const ADDRESSES_DE = {
  'email-change': {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    body: `
      # Bestätigen Sie Ihre neue E-Mail-Adresse

      Bestätigen Sie, dass dies die E-Mail-Adresse Ihres Kontos bei {product} werden soll. Bis dahin gilt die bisherige.

      [Neue Adresse bestätigen]({link})

      > Der Link ist 24 Stunden gültig. Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren; es passiert nichts.`,
  },
  'email-changed': {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    body: `
      # Ihre E-Mail-Adresse wurde geändert

      Ihr Konto bei {product} hat jetzt eine andere E-Mail-Adresse. An diese hier gehen keine Nachrichten mehr.

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      [Ich war es nicht: Änderung rückgängig machen]({link})

      > Der Link ist 7 Tage gültig. Er stellt diese Adresse wieder her und beendet alle Sitzungen Ihres Kontos. Ändern Sie danach Ihr Passwort.`,
  },
  'phone-changed': {
    subject: 'Ihre Telefonnummer wurde geändert',
    body: `
      # Ihre Telefonnummer wurde geändert

      Ihr Konto bei {product} hat jetzt eine andere Telefonnummer.

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      [Ich war es nicht: Änderung rückgängig machen]({link})

      > Der Link ist 7 Tage gültig. Er stellt die bisherige Nummer wieder her und beendet alle Sitzungen Ihres Kontos. Ändern Sie danach Ihr Passwort.`,
  },
  'address-wanted': {
    subject: 'Jemand möchte Ihre E-Mail-Adresse verwenden',
    body: `
      # Jemand möchte Ihre E-Mail-Adresse verwenden

      Jemand mit einem anderen Konto bei {product} wollte dessen E-Mail-Adresse durch Ihre ersetzen. Da diese bereits zu Ihrem Konto gehört, wurde nichts geändert.

      Wenn Sie zwei Konten haben, geben Sie diesem hier zuerst eine andere Adresse.

      > Wenn Sie es nicht waren, brauchen Sie nichts zu tun.`,
  },
  'number-wanted': {
    subject: 'Jemand möchte Ihre Telefonnummer verwenden',
    body: `
      # Jemand möchte Ihre Telefonnummer verwenden

      Jemand mit einem anderen Konto bei {product} wollte dessen Telefonnummer durch Ihre ersetzen. Da diese bereits zu Ihrem Konto gehört, wurde nichts geändert.

      Wenn Sie zwei Konten haben, geben Sie diesem hier zuerst eine andere Nummer.

      > Wenn Sie es nicht waren, brauchen Sie nichts zu tun.`,
  },
  'profile-changed': {
    subject: 'Ihr Profil wurde geändert',
    body: `
      # Ihr Profil wurde geändert

      Die Angaben in Ihrem Konto bei {product} wurden geändert.

      | Zeitpunkt | {time}

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      > Wenn Sie es nicht waren, ändern Sie jetzt Ihr Passwort und beenden Sie in Ihrem Konto alle anderen Sitzungen. Sie haben sich diese Nachricht gewünscht; das lässt sich in Ihrem Konto ändern.`,
  },
} satisfies Partial<Language['mails']>
