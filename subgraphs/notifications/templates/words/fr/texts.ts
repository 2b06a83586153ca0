import type { Language } from '../language.js'

/** In letters of GSM 03.38: it has é, è, à and ù, but no circumflex, no ç and no slanted apostrophe. */
export const TEXTS_FR: Language['texts'] = {
  otp: '{code} est votre code pour {product}. Il sert une seule fois, pendant 5 minutes. Ne le donnez à personne.',
  'login-alert':
    "Connexion à votre compte {product} depuis un nouvel appareil ou après des échecs. Ce n'était pas vous ? Changez vite votre mot de passe.",
  'session-revoked':
    "Une session de votre compte {product} a servi à deux endroits à la fois : nous l'avons fermée. Un doute ? Changez votre mot de passe.",
  'sessions-ended':
    'Notre équipe a fermé des sessions de votre compte {product}. Reconnectez-vous pour continuer.',
  'mfa-changed':
    "Le second facteur de votre compte {product} a été modifié. Ce n'était pas vous ? Changez vite votre mot de passe.",
  'password-changed':
    "Le mot de passe de votre compte {product} a été modifié. Ce n'était pas vous ? Réinitialisez-le vite sur la page de connexion.",
  'account-deletion':
    'Votre compte {product} sera supprimé, à votre demande. Pour annuler, connectez-vous. Pas vous ? Annulez et changez de mot de passe.',
  'account-kept': "La suppression de votre compte {product} est annulée. Rien n'a changé.",
  'account-deleted':
    'Votre compte {product} est supprimé, avec tout ce que nous savions de vous. Ceci est notre dernier message.',
  invitation: 'Votre compte {product} vous attend. Choisissez un mot de passe sous 7 jours : {link}',
  'number-registered':
    "Quelqu'un a voulu s'inscrire à {product} avec ce numéro, déjà lié à votre compte. Si c'est vous, connectez-vous. Sinon, rien n'a changé.",
  'number-wanted':
    "Quelqu'un a voulu lier ce numéro à un autre compte {product}. Il reste lié à votre compte ; rien n'a changé.",
  'email-changed':
    'Votre compte {product} a une nouvelle adresse e-mail. Pas vous ? Annulez sous 7 jours : {link}',
  'phone-changed':
    'Votre compte {product} a un autre numéro de téléphone. Pas vous ? Annulez sous 7 jours : {link}',
  'profile-changed':
    "Le profil de votre compte {product} a été modifié. Ce n'était pas vous ? Changez vite votre mot de passe.",
  'login-alerts-off':
    'Les alertes de connexion de votre compte {product} sont désactivées. Pas vous ? Changez vite votre mot de passe et réactivez-les.',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
