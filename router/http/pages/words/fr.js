export const WORDS = {
  'Verify your address': 'Vérifiez votre adresse',
  'One press confirms that this address is yours.':
    'Un clic suffit pour confirmer que cette adresse est la vôtre.',
  'Verify my address': 'Vérifier mon adresse',
  'Confirm your new address': 'Confirmez votre nouvelle adresse',
  'One press, and this is the email address of your account.':
    'Un clic, et cette adresse devient l’adresse e\u2011mail de votre compte.',
  'Confirm my new address': 'Confirmer ma nouvelle adresse',
  'Undo the change': 'Annuler la modification',
  'One press restores your previous address or number and ends every session of your account.':
    'Un clic rétablit votre ancienne adresse ou votre ancien numéro et met fin à toutes les sessions de votre compte.',
  'Choose a password': 'Choisissez un mot de passe',
  'An account was made for you. With a password it is yours.':
    'Un compte a été créé pour vous. Choisissez un mot de passe et il est à vous.',
  Password: 'Mot de passe',
  'Take over my account': 'Activer mon compte',
  'Choose a new password': 'Choisissez un nouveau mot de passe',
  'It takes the place of the old one, and every device is signed out.':
    'Il remplace l’ancien, et tous les appareils sont déconnectés.',
  'New password': 'Nouveau mot de passe',
  'Set the new password': 'Enregistrer le nouveau mot de passe',
  Unsubscribe: 'Se désabonner',
  'One press, and you get no more messages of this kind. Those about the security of your account still come.':
    'Un clic, et vous ne recevez plus de messages de ce type. Ceux qui concernent la sécurité de votre compte continuent d’arriver.',
  'One moment …': 'Un instant…',
  'That did not work. Check your connection and try again.':
    'Cela n’a pas fonctionné. Vérifiez votre connexion et réessayez.',
  'This link is not complete. Open it again from the message.':
    'Ce lien est incomplet. Ouvrez-le à nouveau depuis le message.',
  'This link has expired, or a newer one was sent. Ask for a new link where you signed up.':
    'Ce lien a expiré ou a été remplacé par un plus récent. Demandez-en un nouveau sur la page d’inscription.',
  'This link was used before: your address is verified. You can sign in.':
    'Ce lien a déjà été utilisé\u00A0: votre adresse est vérifiée. Vous pouvez vous connecter.',
  'Your address is verified and you can sign in. The username you wanted is taken: choose another one.':
    'Votre adresse est vérifiée et vous pouvez vous connecter. Le nom d’utilisateur souhaité est pris\u00A0: choisissez-en un autre.',
  'Your address is verified. You can sign in now.':
    'Votre adresse est vérifiée. Vous pouvez maintenant vous connecter.',
  'This link does not work. Ask for a new link where you signed up.':
    'Ce lien ne fonctionne pas. Demandez-en un nouveau sur la page d’inscription.',
  'This link has expired, or a newer change took its place. Ask for the change again.':
    'Ce lien a expiré ou une modification plus récente l’a remplacé. Demandez à nouveau la modification.',
  'This link was used before: the change is made.':
    'Ce lien a déjà été utilisé\u00A0: la modification est faite.',
  'This address belongs to another account by now. Nothing was changed.':
    'Cette adresse appartient désormais à un autre compte. Rien n’a été modifié.',
  'This is the email address of your account now. Your old address gets a notice.':
    'Cette adresse est désormais l’adresse e\u2011mail de votre compte. Votre ancienne adresse reçoit un avis.',
  'This link does not work. Ask for the change again.':
    'Ce lien ne fonctionne pas. Demandez à nouveau la modification.',
  'This link has expired. Ask whoever runs this service for help.':
    'Ce lien a expiré. Adressez-vous aux responsables de ce service.',
  'This link was used before: the change is undone.':
    'Ce lien a déjà été utilisé\u00A0: la modification est annulée.',
  'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.':
    'Votre ancienne adresse ou votre ancien numéro est rétabli, et toutes les sessions de votre compte sont terminées. Connectez-vous et changez votre mot de passe.',
  'This link does not work. Ask whoever runs this service for help.':
    'Ce lien ne fonctionne pas. Adressez-vous aux responsables de ce service.',
  'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.':
    'Ce lien a expiré ou a été remplacé par un plus récent. Demandez-en un nouveau à la personne à l’origine de l’invitation.',
  'This link was used before: the account is taken over. Sign in, or reset the password.':
    'Ce lien a déjà été utilisé\u00A0: le compte est activé. Connectez-vous ou réinitialisez le mot de passe.',
  'This service has terms to agree to, which this page does not show. Ask whoever invited you.':
    'Ce service exige l’acceptation de conditions que cette page n’affiche pas. Adressez-vous à la personne à l’origine de l’invitation.',
  'The account is yours. You can sign in now.':
    'Le compte est à vous. Vous pouvez maintenant vous connecter.',
  'This link does not work. Ask whoever invited you for a new one.':
    'Ce lien ne fonctionne pas. Demandez-en un nouveau à la personne à l’origine de l’invitation.',
  'This link has expired, or a newer one was sent. Ask for a new link where you sign in.':
    'Ce lien a expiré ou a été remplacé par un plus récent. Demandez-en un nouveau sur la page de connexion.',
  'This link was used before: the password was set with it. Sign in, or ask for a new link.':
    'Ce lien a déjà été utilisé\u00A0: le mot de passe est enregistré. Connectez-vous ou demandez un nouveau lien.',
  'Your new password is set, and every device is signed out. You can sign in now.':
    'Votre nouveau mot de passe est enregistré et tous les appareils sont déconnectés. Vous pouvez maintenant vous connecter.',
  'This link does not work. Ask for a new link where you sign in.':
    'Ce lien ne fonctionne pas. Demandez-en un nouveau sur la page de connexion.',
  'You get no more messages of this kind. In your account you can have them again.':
    'Vous ne recevrez plus de messages de ce type. Vous pouvez les réactiver dans votre compte.',
  'This link does not work. You can say in your account what you want to be told.':
    'Ce lien ne fonctionne pas. Vous pouvez choisir dans votre compte les messages que vous recevez.',
  'This password is too short. Take a longer one.':
    'Ce mot de passe est trop court. Choisissez-en un plus long.',
  'This password is too long. Take a shorter one.':
    'Ce mot de passe est trop long. Choisissez-en un plus court.',
  'This password is one of the most used. Take another one.':
    'Ce mot de passe est l’un des plus utilisés. Choisissez-en un autre.',
  'This password is known from a breach. Take another one.':
    'Ce mot de passe figure dans une fuite de données. Choisissez-en un autre.',
  'This password contains your name or address. Take another one.':
    'Ce mot de passe contient votre nom ou votre adresse. Choisissez-en un autre.',
  'This password is a repetition or a sequence. Take another one.':
    'Ce mot de passe est une répétition ou une suite. Choisissez-en un autre.',
  'You had this password before. Take another one.':
    'Vous avez déjà eu ce mot de passe. Choisissez-en un autre.',
}
