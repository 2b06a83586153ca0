export const WORDS = {
  'Verify your address': 'Verifique su dirección',
  'One press confirms that this address is yours.': 'Con un clic confirma que esta dirección es suya.',
  'Verify my address': 'Verificar mi dirección',
  'Confirm your new address': 'Confirme su nueva dirección',
  'One press, and this is the email address of your account.':
    'Con un clic, esta será la dirección de correo electrónico de su cuenta.',
  'Confirm my new address': 'Confirmar mi nueva dirección',
  'Undo the change': 'Deshacer el cambio',
  'One press restores your previous address or number and ends every session of your account.':
    'Con un clic restablece su dirección o número anterior y cierra todas las sesiones de su cuenta.',
  'Choose a password': 'Elija una contraseña',
  'An account was made for you. With a password it is yours.':
    'Se ha creado una cuenta para usted. Con una contraseña será suya.',
  Password: 'Contraseña',
  'Take over my account': 'Activar mi cuenta',
  'Choose a new password': 'Elija una contraseña nueva',
  'It takes the place of the old one, and every device is signed out.':
    'Sustituye a la anterior, y se cierra la sesión en todos los dispositivos.',
  'New password': 'Contraseña nueva',
  'Set the new password': 'Guardar la contraseña nueva',
  Unsubscribe: 'Cancelar la suscripción',
  'One press, and you get no more messages of this kind. Those about the security of your account still come.':
    'Con un clic dejará de recibir mensajes de este tipo. Los relativos a la seguridad de su cuenta seguirán llegando.',
  'One moment …': 'Un momento…',
  'That did not work. Check your connection and try again.':
    'No ha funcionado. Compruebe su conexión e inténtelo de nuevo.',
  'This link is not complete. Open it again from the message.':
    'Este enlace está incompleto. Ábralo de nuevo desde el mensaje.',
  'This link has expired, or a newer one was sent. Ask for a new link where you signed up.':
    'Este enlace ha caducado o se ha enviado otro más reciente. Solicite uno nuevo donde se registró.',
  'This link was used before: your address is verified. You can sign in.':
    'Este enlace ya se ha usado: su dirección está verificada. Puede iniciar sesión.',
  'Your address is verified and you can sign in. The username you wanted is taken: choose another one.':
    'Su dirección está verificada y puede iniciar sesión. El nombre de usuario que quería está ocupado: elija otro.',
  'Your address is verified. You can sign in now.': 'Su dirección está verificada. Ya puede iniciar sesión.',
  'This link does not work. Ask for a new link where you signed up.':
    'Este enlace no funciona. Solicite uno nuevo donde se registró.',
  'This link has expired, or a newer change took its place. Ask for the change again.':
    'Este enlace ha caducado o lo ha sustituido un cambio más reciente. Solicite el cambio de nuevo.',
  'This link was used before: the change is made.': 'Este enlace ya se ha usado: el cambio está hecho.',
  'This address belongs to another account by now. Nothing was changed.':
    'Esta dirección pertenece ahora a otra cuenta. No se ha cambiado nada.',
  'This is the email address of your account now. Your old address gets a notice.':
    'Esta es ahora la dirección de correo electrónico de su cuenta. Su dirección anterior recibirá un aviso.',
  'This link does not work. Ask for the change again.':
    'Este enlace no funciona. Solicite el cambio de nuevo.',
  'This link has expired. Ask whoever runs this service for help.':
    'Este enlace ha caducado. Diríjase a los responsables de este servicio.',
  'This link was used before: the change is undone.': 'Este enlace ya se ha usado: el cambio se ha deshecho.',
  'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.':
    'Se ha restablecido su dirección o número anterior y se han cerrado todas las sesiones de su cuenta. Inicie sesión y cambie su contraseña.',
  'This link does not work. Ask whoever runs this service for help.':
    'Este enlace no funciona. Diríjase a los responsables de este servicio.',
  'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.':
    'Este enlace ha caducado o se ha enviado otro más reciente. Pida uno nuevo a quien le ha invitado.',
  'This link was used before: the account is taken over. Sign in, or reset the password.':
    'Este enlace ya se ha usado: la cuenta está activada. Inicie sesión o restablezca la contraseña.',
  'This service has terms to agree to, which this page does not show. Ask whoever invited you.':
    'Este servicio exige aceptar condiciones que esta página no muestra. Diríjase a quien le ha invitado.',
  'The account is yours. You can sign in now.': 'La cuenta es suya. Ya puede iniciar sesión.',
  'This link does not work. Ask whoever invited you for a new one.':
    'Este enlace no funciona. Pida uno nuevo a quien le ha invitado.',
  'This link has expired, or a newer one was sent. Ask for a new link where you sign in.':
    'Este enlace ha caducado o se ha enviado otro más reciente. Solicite uno nuevo en la página de inicio de sesión.',
  'This link was used before: the password was set with it. Sign in, or ask for a new link.':
    'Este enlace ya se ha usado: la contraseña está guardada. Inicie sesión o solicite un enlace nuevo.',
  'Your new password is set, and every device is signed out. You can sign in now.':
    'Su contraseña nueva está guardada y se ha cerrado la sesión en todos los dispositivos. Ya puede iniciar sesión.',
  'This link does not work. Ask for a new link where you sign in.':
    'Este enlace no funciona. Solicite uno nuevo en la página de inicio de sesión.',
  'You get no more messages of this kind. In your account you can have them again.':
    'Ya no recibirá mensajes de este tipo. Puede volver a activarlos en su cuenta.',
  'This link does not work. You can say in your account what you want to be told.':
    'Este enlace no funciona. En su cuenta puede elegir qué mensajes recibe.',
  'This password is too short. Take a longer one.':
    'Esta contraseña es demasiado corta. Elija una más larga.',
  'This password is too long. Take a shorter one.':
    'Esta contraseña es demasiado larga. Elija una más corta.',
  'This password is one of the most used. Take another one.':
    'Esta contraseña es una de las más usadas. Elija otra.',
  'This password is known from a breach. Take another one.':
    'Esta contraseña figura en una filtración de datos. Elija otra.',
  'This password contains your name or address. Take another one.':
    'Esta contraseña contiene su nombre o su dirección. Elija otra.',
  'This password is a repetition or a sequence. Take another one.':
    'Esta contraseña es una repetición o una secuencia. Elija otra.',
  'You had this password before. Take another one.': 'Ya ha tenido esta contraseña antes. Elija otra.',
}
