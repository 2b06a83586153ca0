import type { Language } from '../language.js'

export const ACCOUNTS_FR = {
  welcome: {
    subject: 'Bienvenue ! Confirmez votre adresse e-mail',
    body: `
      # Plus qu’une étape

      Merci de votre inscription à {product}. Confirmez votre adresse e-mail pour commencer à utiliser votre compte.

      [Confirmer mon adresse e-mail]({link})

      > Ce lien est valable 24 heures. Si cette inscription ne vient pas de vous, ignorez ce message : il ne se passera rien.`,
  },
  invitation: {
    subject: 'Invitation : choisissez un mot de passe pour votre compte',
    body: `
      # Votre compte vous attend

      Un compte {product} a été créé pour cette adresse e-mail. Choisissez un mot de passe et il est à vous.

      [Choisir un mot de passe]({link})

      > Ce lien est valable 7 jours et une seule fois. Si vous ne voulez pas de ce compte, ignorez ce message : personne ne peut l’utiliser sans ce lien.`,
  },
  'email-verification': {
    subject: 'Confirmez votre adresse e-mail',
    body: `
      # Confirmez votre adresse e-mail

      Voici un nouveau lien pour confirmer votre adresse e-mail auprès de {product}. Les liens précédents ne fonctionnent plus.

      [Confirmer mon adresse e-mail]({link})

      > Ce lien est valable 24 heures. Si vous ne l’avez pas demandé, ignorez ce message : il ne se passera rien.`,
  },
  'account-exists': {
    subject: 'Vous avez déjà un compte',
    body: `
      # Vous avez déjà un compte

      Quelqu’un a essayé de s’inscrire à {product} avec votre adresse e-mail. Elle est déjà associée à votre compte.

      Si c’était vous, connectez-vous comme d’habitude. Si vous avez oublié votre mot de passe, réinitialisez-le sur la page de connexion.

      > Si ce n’était pas vous, vous n’avez rien à faire : aucun compte n’a été créé et le vôtre n’a pas été modifié.`,
  },
  'number-registered': {
    subject: 'Vous avez déjà un compte',
    body: `
      # Vous avez déjà un compte

      Quelqu’un a essayé de s’inscrire à {product} avec votre numéro de téléphone. Il est déjà associé à votre compte.

      Si c’était vous, connectez-vous comme d’habitude. Si vous avez oublié votre mot de passe, réinitialisez-le sur la page de connexion.

      > Si ce n’était pas vous, vous n’avez rien à faire : aucun compte n’a été créé et le vôtre n’a pas été modifié.`,
  },
  'account-deletion': {
    subject: 'Votre compte va être supprimé',
    body: `
      # Votre compte va être supprimé

      Vous nous avez demandé de supprimer votre compte {product}. Il disparaîtra avec tout ce qu’il contient :

      | Date | {time}

      D’ici là, vous pouvez vous connecter et annuler la suppression.

      > Si ce n’était pas vous, connectez-vous sans attendre, annulez la suppression et changez votre mot de passe.`,
  },
  'account-kept': {
    subject: 'Votre compte est conservé',
    body: `
      # Votre compte est conservé

      La suppression de votre compte {product} a été annulée. Rien n’a changé.

      > Si ce n’était pas vous, changez votre mot de passe sans attendre et mettez fin à toutes les autres sessions de votre compte.`,
  },
  'account-deleted': {
    subject: 'Votre compte a été supprimé',
    body: `
      # Votre compte a été supprimé

      Votre compte {product} a été supprimé, ainsi que tout ce que nous savions de vous. Il ne peut pas être rétabli.

      > Si ce n’était pas votre souhait, écrivez aux responsables de {product}.`,
    footer:
      'Ceci est le dernier message de {product} à cette adresse. Il a été envoyé automatiquement ; les réponses ne sont pas lues.',
  },
} satisfies Partial<Language['mails']>
