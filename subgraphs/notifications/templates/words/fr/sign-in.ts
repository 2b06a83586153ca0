import type { Language } from '../language.js'

export const SIGN_IN_FR = {
  otp: {
    subject: 'Votre code à usage unique',
    body: `
      # Votre code à usage unique

      Saisissez ce code sur {product} pour continuer :

      = {code}

      Il est valable une seule fois, pendant 5 minutes.

      > Ne communiquez jamais ce code. Personne chez nous ne vous le demandera. Si vous ne l’avez pas demandé, ignorez ce message.`,
  },
  'login-alert': {
    subject: 'Nouvelle connexion à votre compte',
    body: `
      # Nouvelle connexion à votre compte

      {isNewDevice, select,
        true {Votre compte {product} a été utilisé sur un appareil que nous ne connaissions pas.}
        other {Quelqu’un s’est connecté à votre compte {product}.}}

      {failures, plural, =0 {} one {Auparavant, # tentative de connexion avait échoué.} other {Auparavant, # tentatives de connexion avaient échoué.}}

      | Appareil | {device, select, unknown {Appareil inconnu} other {{device}}}
      | Adresse IP | {ip, select, unknown {Inconnue} other {{ip}}}
      | Date | {time}

      Si c’était vous, vous n’avez rien à faire.

      > Si ce n’était pas vous, changez votre mot de passe sans attendre et mettez fin à toutes les autres sessions de votre compte.`,
  },
  'login-alerts-off': {
    subject: 'Les alertes de connexion sont désactivées',
    body: `
      # Les alertes de connexion sont désactivées

      Désormais, nous ne vous préviendrons plus lorsque votre compte {product} est utilisé sur un nouvel appareil. Nous continuerons à le faire après des tentatives infructueuses.

      | Date | {time}

      Si c’était vous, vous n’avez rien à faire.

      > Si ce n’était pas vous, changez votre mot de passe sans attendre, mettez fin à toutes les autres sessions de votre compte et réactivez les alertes.`,
  },
  'session-revoked': {
    subject: 'Nous avons mis fin à l’une de vos sessions',
    body: `
      # Nous avons mis fin à l’une de vos sessions

      Une session de votre compte {product} a été utilisée à deux endroits à la fois. Elle a peut-être été copiée ; nous y avons donc mis fin.

      | Date | {time}

      Il se peut que vous deviez vous reconnecter sur l’un de vos appareils.

      > Si quelque chose vous semble anormal dans votre compte, changez votre mot de passe et mettez fin à toutes les autres sessions.`,
  },
  'sessions-ended': {
    subject: 'Déconnexion de votre compte',
    body: `
      # Déconnexion de votre compte

      {sessions, plural,
        one {Notre équipe a mis fin à une session de votre compte {product}. L’appareil est déconnecté.}
        other {Notre équipe a mis fin à # sessions de votre compte {product}. Les appareils sont déconnectés.}}

      | Date | {time}

      Vous pouvez vous reconnecter comme d’habitude.

      > Si vous ne l’avez pas demandé, vérifiez votre compte. Nous ne vous demandons jamais votre mot de passe.`,
  },
  'mfa-changed': {
    subject: 'Votre mode de connexion a changé',
    body: `
      # Votre mode de connexion a changé

      {change, select,
        TOTP_ENROLLED {Une application d’authentification a été ajoutée à votre compte. Ses codes vous seront désormais demandés à la connexion.}
        TOTP_REMOVED {L’application d’authentification a été retirée de votre compte. Ses codes ne vous seront plus demandés à la connexion.}
        SMS_ENROLLED {Les codes par SMS ont été ajoutés à votre compte. Un tel code pourra désormais vous être demandé à la connexion.}
        SMS_REMOVED {Les codes par SMS ont été retirés de votre compte. Ils ne vous seront plus demandés à la connexion.}
        RECOVERY_CODES_RENEWED {Votre compte a de nouveaux codes de récupération. Les anciens ne fonctionnent plus.}
        RESET {Notre équipe a retiré tous les seconds facteurs de votre compte. Votre mot de passe suffit désormais pour vous connecter.}
        other {Un second facteur de votre compte a été modifié.}}

      | Date | {time}

      > Si ce n’était pas vous, changez votre mot de passe sans attendre et mettez fin à toutes les autres sessions de votre compte.`,
  },
  'password-reset': {
    subject: 'Réinitialisez votre mot de passe',
    body: `
      # Réinitialisez votre mot de passe

      Quelqu’un a demandé à réinitialiser le mot de passe de votre compte {product}.

      [Choisir un nouveau mot de passe]({link})

      > Ce lien est valable 30 minutes et une seule fois. Si ce n’était pas vous, ignorez ce message : le mot de passe reste inchangé et personne ne peut le modifier sans ce lien.`,
  },
  'password-changed': {
    subject: 'Votre mot de passe a été modifié',
    body: `
      # Votre mot de passe a été modifié

      {how, select,
        RESET {Le mot de passe de votre compte {product} a été réinitialisé. Tous les appareils ont été déconnectés.}
        SET {Un mot de passe a été défini pour votre compte {product}. Tous les autres appareils ont été déconnectés.}
        REMOVED {Le mot de passe de votre compte {product} a été supprimé : vous vous connectez désormais avec un code. Tous les autres appareils ont été déconnectés.}
        other {Le mot de passe de votre compte {product} a été modifié. Tous les autres appareils ont été déconnectés.}}

      | Date | {time}

      Si c’était vous, vous n’avez rien à faire.

      > Si ce n’était pas vous, réinitialisez sans attendre le mot de passe sur la page de connexion et vérifiez votre compte. Nous ne vous demandons jamais votre mot de passe.`,
  },
} satisfies Partial<Language['mails']>
