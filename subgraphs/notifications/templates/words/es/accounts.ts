import type { Language } from '../language.js'

export const ACCOUNTS_ES = {
  welcome: {
    subject: '¡Le damos la bienvenida! Confirme su correo electrónico',
    body: `
      # Solo falta un paso

      Gracias por registrarse en {product}. Confirme su dirección de correo electrónico para empezar a usar su cuenta.

      [Confirmar el correo electrónico]({link})

      > El enlace es válido durante 24 horas. Si no se ha registrado, ignore este mensaje: no ocurrirá nada.`,
  },
  invitation: {
    subject: 'Invitación: elija una contraseña para su cuenta',
    body: `
      # Su cuenta le espera

      Se ha creado una cuenta en {product} para esta dirección de correo electrónico. Elija una contraseña y será suya.

      [Elegir una contraseña]({link})

      > El enlace es válido durante 7 días y una sola vez. Si no desea la cuenta, ignore este mensaje: nadie puede usarla sin este enlace.`,
  },
  'email-verification': {
    subject: 'Confirme su correo electrónico',
    body: `
      # Confirme su correo electrónico

      Aquí tiene un nuevo enlace para confirmar su dirección de correo electrónico en {product}. Los enlaces anteriores ya no funcionan.

      [Confirmar el correo electrónico]({link})

      > El enlace es válido durante 24 horas. Si no lo ha solicitado, ignore este mensaje: no ocurrirá nada.`,
  },
  'account-exists': {
    subject: 'Ya tiene una cuenta',
    body: `
      # Ya tiene una cuenta

      Alguien ha intentado registrarse en {product} con su dirección de correo electrónico. Ya pertenece a su cuenta.

      Si ha sido usted, inicie sesión como siempre. Si no recuerda su contraseña, restablézcala en la página de inicio de sesión.

      > Si no ha sido usted, no tiene que hacer nada: no se ha creado ninguna cuenta y la suya no ha cambiado.`,
  },
  'number-registered': {
    subject: 'Ya tiene una cuenta',
    body: `
      # Ya tiene una cuenta

      Alguien ha intentado registrarse en {product} con su número de teléfono. Ya pertenece a su cuenta.

      Si ha sido usted, inicie sesión como siempre. Si no recuerda su contraseña, restablézcala en la página de inicio de sesión.

      > Si no ha sido usted, no tiene que hacer nada: no se ha creado ninguna cuenta y la suya no ha cambiado.`,
  },
  'account-deletion': {
    subject: 'Se va a eliminar su cuenta',
    body: `
      # Se va a eliminar su cuenta

      Nos ha pedido que eliminemos su cuenta en {product}. Desaparecerá con todo su contenido:

      | Fecha | {time}

      Hasta entonces puede iniciar sesión y cancelar la eliminación.

      > Si no ha sido usted, inicie sesión ahora, cancele la eliminación y cambie su contraseña.`,
  },
  'account-kept': {
    subject: 'Su cuenta se mantiene',
    body: `
      # Su cuenta se mantiene

      Se ha cancelado la eliminación de su cuenta en {product}. Todo sigue como estaba.

      > Si no ha sido usted, cambie ahora su contraseña y cierre todas las demás sesiones de su cuenta.`,
  },
  'account-deleted': {
    subject: 'Se ha eliminado su cuenta',
    body: `
      # Se ha eliminado su cuenta

      Se ha eliminado su cuenta en {product}, junto con todo lo que sabíamos de usted. No se puede recuperar.

      > Si no era lo que quería, escriba a los responsables de {product}.`,
    footer:
      'Este es el último mensaje de {product} a esta dirección. Se ha enviado de forma automática; las respuestas no se leen.',
  },
} satisfies Partial<Language['mails']>
