import type { Language } from '../language.js'

export const ADDRESSES_FR = {
  'email-change': {
    subject: 'Confirmez votre nouvelle adresse e-mail',
    body: `
      # Confirmez votre nouvelle adresse e-mail

      Confirmez que cette adresse doit devenir l’adresse e-mail de votre compte {product}. D’ici là, l’ancienne reste en vigueur.

      [Confirmer la nouvelle adresse]({link})

      > Ce lien est valable 24 heures. Si vous ne l’avez pas demandé, ignorez ce message : il ne se passera rien.`,
  },
  'email-changed': {
    subject: 'Votre adresse e-mail a été modifiée',
    body: `
      # Votre adresse e-mail a été modifiée

      Votre compte {product} a désormais une autre adresse e-mail. Les messages ne seront plus envoyés à celle-ci.

      Si c’était vous, vous n’avez rien à faire.

      [Ce n’était pas moi : annuler la modification]({link})

      > Ce lien est valable 7 jours. Il rétablit cette adresse et met fin à toutes les sessions de votre compte. Changez ensuite votre mot de passe.`,
  },
  'phone-changed': {
    subject: 'Votre numéro de téléphone a été modifié',
    body: `
      # Votre numéro de téléphone a été modifié

      Votre compte {product} a désormais un autre numéro de téléphone.

      Si c’était vous, vous n’avez rien à faire.

      [Ce n’était pas moi : annuler la modification]({link})

      > Ce lien est valable 7 jours. Il rétablit l’ancien numéro et met fin à toutes les sessions de votre compte. Changez ensuite votre mot de passe.`,
  },
  'address-wanted': {
    subject: 'Quelqu’un veut utiliser votre adresse e-mail',
    body: `
      # Quelqu’un veut utiliser votre adresse e-mail

      Le titulaire d’un autre compte {product} a voulu remplacer son adresse e-mail par la vôtre. Elle est associée à votre compte ; rien n’a donc été modifié.

      Si vous avez deux comptes, donnez d’abord une autre adresse à celui-ci.

      > Si ce n’était pas vous, vous n’avez rien à faire.`,
  },
  'number-wanted': {
    subject: 'Quelqu’un veut utiliser votre numéro de téléphone',
    body: `
      # Quelqu’un veut utiliser votre numéro de téléphone

      Le titulaire d’un autre compte {product} a voulu remplacer son numéro de téléphone par le vôtre. Il est associé à votre compte ; rien n’a donc été modifié.

      Si vous avez deux comptes, donnez d’abord un autre numéro à celui-ci.

      > Si ce n’était pas vous, vous n’avez rien à faire.`,
  },
  'profile-changed': {
    subject: 'Votre profil a été modifié',
    body: `
      # Votre profil a été modifié

      Les informations de votre compte {product} ont été modifiées.

      | Date | {time}

      Si c’était vous, vous n’avez rien à faire.

      > Si ce n’était pas vous, changez votre mot de passe sans attendre et mettez fin à toutes les autres sessions de votre compte. Vous recevez ce message parce que vous l’avez demandé ; vous pouvez changer ce choix dans votre compte.`,
  },
} satisfies Partial<Language['mails']>
