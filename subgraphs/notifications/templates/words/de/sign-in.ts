import type { Language } from '../language.js'

export const SIGN_IN_DE = {
  otp: {
    subject: 'Ihr Einmalcode',
    body: `
      # Ihr Einmalcode

      Geben Sie diesen Code bei {product} ein, um fortzufahren:

      = {code}

      Er gilt 5 Minuten lang und nur einmal.

      > Geben Sie diesen Code niemals weiter. Niemand von uns wird Sie danach fragen. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese Nachricht.`,
  },
  'login-alert': {
    subject: 'Neue Anmeldung bei Ihrem Konto',
    body: `
      # Neue Anmeldung bei Ihrem Konto

      {isNewDevice, select,
        true {Ihr Konto bei {product} wurde auf einem Gerät verwendet, das wir noch nicht kennen.}
        other {Jemand hat sich bei Ihrem Konto bei {product} angemeldet.}}

      {failures, plural, =0 {} one {Davor war # Anmeldeversuch fehlgeschlagen.} other {Davor waren # Anmeldeversuche fehlgeschlagen.}}

      | Gerät | {device, select, unknown {Unbekanntes Gerät} other {{device}}}
      | IP-Adresse | {ip, select, unknown {Unbekannt} other {{ip}}}
      | Zeitpunkt | {time}

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      > Wenn Sie es nicht waren, ändern Sie jetzt Ihr Passwort und beenden Sie in Ihrem Konto alle anderen Sitzungen.`,
  },
  'login-alerts-off': {
    subject: 'Anmeldehinweise sind ausgeschaltet',
    body: `
      # Anmeldehinweise sind ausgeschaltet

      Ab jetzt teilen wir Ihnen nicht mehr mit, wenn Ihr Konto bei {product} auf einem neuen Gerät verwendet wird. Nach Fehlversuchen tun wir es weiterhin.

      | Zeitpunkt | {time}

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      > Wenn Sie es nicht waren, ändern Sie jetzt Ihr Passwort, beenden Sie in Ihrem Konto alle anderen Sitzungen und schalten Sie die Hinweise wieder ein.`,
  },
  'session-revoked': {
    subject: 'Wir haben eine Ihrer Sitzungen beendet',
    body: `
      # Wir haben eine Ihrer Sitzungen beendet

      Eine Sitzung Ihres Kontos bei {product} wurde an zwei Orten zugleich verwendet. Möglicherweise wurde sie kopiert; deshalb haben wir sie beendet.

      | Zeitpunkt | {time}

      Es kann sein, dass Sie sich auf einem Ihrer Geräte neu anmelden müssen.

      > Wenn Ihnen in Ihrem Konto etwas auffällt, ändern Sie Ihr Passwort und beenden Sie alle anderen Sitzungen.`,
  },
  'sessions-ended': {
    subject: 'Sie wurden abgemeldet',
    body: `
      # Sie wurden abgemeldet

      {sessions, plural,
        one {Unser Team hat eine Sitzung Ihres Kontos bei {product} beendet. Das Gerät ist abgemeldet.}
        other {Unser Team hat # Sitzungen Ihres Kontos bei {product} beendet. Die Geräte sind abgemeldet.}}

      | Zeitpunkt | {time}

      Sie können sich wie gewohnt wieder anmelden.

      > Wenn Sie nicht darum gebeten haben, prüfen Sie Ihr Konto. Wir fragen Sie niemals nach Ihrem Passwort.`,
  },
  'mfa-changed': {
    subject: 'Ihre Anmeldung hat sich geändert',
    body: `
      # Ihre Anmeldung hat sich geändert

      {change, select,
        TOTP_ENROLLED {Für Ihr Konto wurde eine Authenticator-App eingerichtet. Ab jetzt werden Sie bei der Anmeldung nach deren Codes gefragt.}
        TOTP_REMOVED {Die Authenticator-App wurde aus Ihrem Konto entfernt. Bei der Anmeldung werden Sie nicht mehr nach deren Codes gefragt.}
        SMS_ENROLLED {Für Ihr Konto wurden Codes per SMS eingerichtet. Ab jetzt können Sie bei der Anmeldung nach einem solchen Code gefragt werden.}
        SMS_REMOVED {Codes per SMS wurden aus Ihrem Konto entfernt. Bei der Anmeldung werden Sie nicht mehr nach einem solchen Code gefragt.}
        RECOVERY_CODES_RENEWED {Ihr Konto hat neue Wiederherstellungscodes. Die alten gelten nicht mehr.}
        RESET {Unser Team hat alle zweiten Faktoren aus Ihrem Konto entfernt. Zur Anmeldung genügt jetzt Ihr Passwort.}
        other {Ein zweiter Faktor Ihres Kontos wurde geändert.}}

      | Zeitpunkt | {time}

      > Wenn Sie es nicht waren, ändern Sie jetzt Ihr Passwort und beenden Sie in Ihrem Konto alle anderen Sitzungen.`,
  },
  'password-reset': {
    subject: 'Setzen Sie Ihr Passwort zurück',
    body: `
      # Setzen Sie Ihr Passwort zurück

      Jemand möchte das Passwort Ihres Kontos bei {product} zurücksetzen.

      [Neues Passwort wählen]({link})

      > Der Link ist 30 Minuten und nur einmal gültig. Wenn Sie es nicht waren, ignorieren Sie diese Nachricht: Das Passwort bleibt, wie es ist, und ohne diesen Link kann es niemand ändern.`,
  },
  'password-changed': {
    subject: 'Ihr Passwort wurde geändert',
    body: `
      # Ihr Passwort wurde geändert

      {how, select,
        RESET {Das Passwort Ihres Kontos bei {product} wurde zurückgesetzt. Alle Geräte wurden abgemeldet.}
        SET {Für Ihr Konto bei {product} wurde ein Passwort festgelegt. Alle anderen Geräte wurden abgemeldet.}
        REMOVED {Das Passwort Ihres Kontos bei {product} wurde entfernt: Sie melden sich ab jetzt mit einem Code an. Alle anderen Geräte wurden abgemeldet.}
        other {Das Passwort Ihres Kontos bei {product} wurde geändert. Alle anderen Geräte wurden abgemeldet.}}

      | Zeitpunkt | {time}

      Wenn Sie es waren, brauchen Sie nichts zu tun.

      > Wenn Sie es nicht waren, setzen Sie das Passwort sofort auf der Anmeldeseite zurück und prüfen Sie Ihr Konto. Wir fragen Sie niemals nach Ihrem Passwort.`,
  },
} satisfies Partial<Language['mails']>
